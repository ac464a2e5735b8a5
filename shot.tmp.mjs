import { chromium } from 'playwright';
const o='http://localhost:48713';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-background-networking']});
for (const [w,h] of [[1280,800],[390,844]]) for (const lang of ['zh','en']) {
 const c=await b.newContext({viewport:{width:w,height:h}}); const p=await c.newPage(); p.setDefaultTimeout(120000); p.on('console',m=>m.type()==='error'&&console.log('console',m.text()));
 await p.goto(o+'/desk/sign-in?to=/desk/candidates'); await p.fill('input[name=login]','chen'); await p.fill('input[type=password]','lampkeep-demo'); await p.click('main button'); await p.waitForURL(/candidates/);
 if(lang==='en'){ await p.click('button:has-text("English")'); await p.waitForLoadState(); }
 console.log(p.url(), await p.title(), await p.locator('.card').count());
 await p.screenshot({path:`/tmp/ms-${w}-${lang}.png`}); 
 const card=p.locator('section.card').nth(0); await card.locator('summary').last().click(); await card.screenshot({path:`/tmp/ms-${w}-${lang}-card.png`});
 await c.close(); }
await b.close();
