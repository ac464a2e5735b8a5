import {childrenInHouses,reportsOfFamilies} from '../src/lib/demo/matching-set.ts';
import {profileOfChild,profileOfFamily} from '../src/lib/domain/matching/profile.ts';
import {prepared,weighed} from '../src/lib/domain/matching/compare.ts';
import {meet,meetingOf} from '../src/lib/domain/matching/meeting.ts';
import {theSounds} from '../src/lib/server/matching/sounds.ts';
const sounds=await theSounds();
const cpu=(n:string,f:()=>void,per:number)=>{const c=process.cpuUsage();f();const d=process.cpuUsage(c);console.log(n,((d.user+d.system)/1000).toFixed(0),'ms',((d.user+d.system)/per).toFixed(1),'µs each');};
const N=4000; let kids:any[]=[]; cpu('generate',()=>{kids=[...childrenInHouses(2026,N)]},N);
let profs:any[]=[]; cpu('profileOfChild',()=>{profs=kids.map(k=>profileOfChild(k.caseFile,sounds))},N);
let ms:any[]=[]; cpu('meeting',()=>{ms=profs.map(meetingOf)},N);
const json=profs.map(p=>JSON.stringify(p)); console.log('bytes',json.reduce((s,j)=>s+j.length,0)/N);
for(let k=0;k<2;k++){ cpu('JSON.parse',()=>{json.map(j=>JSON.parse(j))},N);
let pr:any[]=[]; cpu('prepared',()=>{pr=profs.map(prepared)},N);
const fs=[...reportsOfFamilies(2027,10)].map(r=>prepared(profileOfFamily(r.description,sounds)));
cpu('weighed',()=>{for(const f of fs) for(const p of pr) weighed(p,f)},N*10);
const fm=fs.map(f=>meetingOf(f.profile)); let met=0; cpu('meet',()=>{for(const f of fm) for(const m of ms) if(meet(f,m)) met++},N*10); console.log('met',met/10/N); }
