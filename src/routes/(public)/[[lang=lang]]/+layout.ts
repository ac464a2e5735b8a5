// Public pages are HTML and CSS: no script is sent, old phones and saved pages work.
export const csr = false;
export const prerender = false;
