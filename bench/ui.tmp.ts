import { randomUUID } from 'node:crypto';
import { openDatabase } from '../src/lib/server/db/open.ts'; import { readConfig } from '../src/lib/server/config.ts';
import { matchingSet } from '../src/lib/demo/matching-set.ts';
import { PostgresEntryLog } from '../src/lib/server/entry-log/postgres-entry-log.ts';
import { afterCaseChanged } from '../src/lib/server/matching/after-case-changed.ts';
import { keepFamilyProfile } from '../src/lib/server/matching/profiles.ts'; import { compareNew } from '../src/lib/server/matching/search.ts';
import { testTablet, newHouse } from '../tests/contract/entry-log/tablet.ts'; import { enrolled } from '../tests/contract/entry-log/enrolled.ts';
import { hashPassword } from '../src/lib/server/auth/password.ts'; import { addPerson } from '../src/lib/server/accounts/people.ts';
const db=await openDatabase(readConfig({...process.env,DATA_DIR:'/tmp/lk-match-ui',NODE_ENV:'production'},process.cwd()),{whenInUse:'refuse'});
const R={kind:'registry'} as const;
const tablet=testTablet(newHouse()); await enrolled(db,tablet);
const hash=await hashPassword('lampkeep-demo');
await db.inScope(R,async s=>{ for(const [login,name,role] of [['chen','陈国华','supervisor'],['wang','王敏','second_administrator']] as const){ const a=await addPerson(s,{id:randomUUID() as any,institutionId:tablet.institutionId,name,role,desk:{login,passwordHash:hash}} as any); console.log(login,a); } });
const log=new PostgresEntryLog(db,afterCaseChanged(()=>undefined));
const set=matchingSet({seed:21,pairs:40,children:60,reports:60,harm:1});
for(const c of set.children){ const items=[...c.caseFile.entries.values()].map((p:any)=>tablet.record(p.entry.type,c.childId,p.entry.payload,{occurredOn:p.entry.occurredOn})); const r=await log.append(tablet,items,new Date().toISOString()); if(r.some(x=>x.outcome!=='accepted')) console.log(r); }
for(const r of set.reports){ await db.inScope(R,s=>keepFamilyProfile(s,r.claimId,r.description)); const d=await db.inScope(R,s=>compareNew(s,{side:'family',id:r.claimId})); if(d.found)console.log(r.claimId,d); }
await db.close();
