// Desks are forms and pages: no script holds a child's data in the browser's memory, and every form works without one.
export const csr = false;
export const prerender = false;
