import { openDatabase } from '../src/lib/server/db/open.ts'; import { readConfig } from '../src/lib/server/config.ts';
import { childrenInHouses, reportsOfFamilies } from '../src/lib/demo/matching-set.ts';
import { keepChildProfiles, keepFamilyProfile } from '../src/lib/server/matching/profiles.ts';
const db=await openDatabase(readConfig({...process.env,DATA_DIR:'/tmp/lk-match',NODE_ENV:'production'},process.cwd()),{whenInUse:'refuse'});
const R={kind:'registry'} as const; let n=0; const it=childrenInHouses(2026,100000);
for(const r of reportsOfFamilies(2027,60)) await db.inScope(R,s=>keepFamilyProfile(s,r.claimId,r.description));
for(;;){const batch=[];for(let i=0;i<1000;i++){const x=it.next(); if(x.done)break; batch.push(x.value.caseFile)} if(!batch.length)break; await db.inScope(R,s=>keepChildProfiles(s,batch)); n+=batch.length; if(n%10000===0)console.log(n,new Date().toISOString());}
await db.asOwner(s=>s.query('ANALYZE match_profiles'),{scope:R}).catch(e=>console.log(String(e)));
await db.close(); console.log('done');
