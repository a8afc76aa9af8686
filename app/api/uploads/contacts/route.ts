import { receiveContactUpload } from '#server/api/contact-upload.ts';

export const POST = (request: Request): Promise<Response> => receiveContactUpload(request);
