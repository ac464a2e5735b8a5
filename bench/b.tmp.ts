import {matchingSet} from '../src/lib/demo/matching-set.ts'; import {theSounds} from '../src/lib/server/matching/sounds.ts';
import {profileOfChild,profileOfFamily} from '../src/lib/domain/matching/profile.ts'; import {prepared,weighed} from '../src/lib/domain/matching/compare.ts'; import {meetingOf,meet} from '../src/lib/domain/matching/meeting.ts';
const sounds=await theSounds(); const set=matchingSet({seed:13,pairs:250,children:1200,reports:400,harm:1});
const C=set.children.map(c=>{const p=profileOfChild(c.caseFile,sounds);return{c,p,pr:prepared(p),m:meetingOf(p)}}); 
const n:Record<string,[number,number,number,number]>={};
const ov=(a:any,b:any)=>a.from<=b.to&&b.from<=a.to;
for(const r of set.reports){const p=profileOfFamily(r.description,sounds),pr=prepared(p),m=meetingOf(p); for(const c of C){ if(!meet(m,c.m))continue; const hard=m.keys.filter(k=>c.m.keys.includes(k)); const why=hard.length?'key '+[...new Set(hard.map(k=>k[0]))].join(''):(m.softKeys.some(k=>c.m.softKeys.includes(k))?'soft '+[...new Set(m.softKeys.filter(k=>c.m.softKeys.includes(k)).map(k=>k[0]))].join(''):'')+((m.lossWindow&&c.m.lost&&ov(m.lossWindow,c.m.lost))?' lost':'')+((m.birth&&c.m.birth)?'':' nobirth'); const s=weighed(c.pr,pr).score; const e=n[why]??=[0,0,0,0]; e[0]++; if(s>=10)e[1]++; if(c.c.person===r.person){e[2]++; if(s>=10)e[3]++;} } }
console.log('why: pairs, listed, true, true listed'); for(const [k,v] of Object.entries(n).sort((a,b)=>b[1][0]-a[1][0])) console.log(k.padEnd(26),v.join('  '));
