import '#lib/client/plain-schemas.ts';
