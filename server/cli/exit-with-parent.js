/** Preloaded into web and worker (`node --import`): when the process that started them is gone, they stop too,
 *  so that a killed `npm start` leaves no port taken. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
