'use client';
/** Dragging of steps inside their list, by pointer and by keyboard. The one place that knows the drag-and-drop library. */
import { Accessibility, type DragDropManager } from '@dnd-kit/dom';
import { DragDropProvider } from '@dnd-kit/react';
import { isSortable, useSortable } from '@dnd-kit/react/sortable';
import { type ReactNode, useMemo } from 'react';

interface SortableProps {
  /** Spoken when a handle is reached. */
  instructions: string;
  /** Spoken while dragging: where the step is now, counted from 1. */
  announce: (position: number) => string;
  onReorder: (listId: string, from: number, to: number) => void;
  children: ReactNode;
}

export function SortableProvider({ instructions, announce, onReorder, children }: SortableProps) {
  const accessibility = useMemo(() => {
    const say = ({ operation: { source } }: { operation: DragDropManager['dragOperation'] }) =>
      isSortable(source) ? announce(source.index + 1) : undefined;
    return Accessibility.configure({
      screenReaderInstructions: { draggable: instructions },
      announcements: { dragstart: say, dragover: say, dragend: say },
    });
  }, [instructions, announce]);
  return (
    <DragDropProvider
      plugins={(defaults) => [...defaults.filter((plugin) => plugin !== Accessibility), accessibility]}
      onDragEnd={({ operation, canceled }) => {
        const { source } = operation;
        if (canceled || !isSortable(source)) return;
        onReorder(String(source.initialGroup), source.initialIndex, source.index);
      }}
    >
      {children}
    </DragDropProvider>
  );
}

/** `ref` goes on the element that moves, `handleRef` on the button it is dragged by. */
export function useSortableStep(input: { id: string; index: number; listId: string; disabled: boolean }) {
  const { ref, handleRef, isDragging } = useSortable({
    id: input.id,
    index: input.index,
    group: input.listId,
    type: input.listId,
    accept: input.listId,
    disabled: input.disabled,
    transition: { duration: 140 },
  });
  return { ref, handleRef, isDragging };
}
