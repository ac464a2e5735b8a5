import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
