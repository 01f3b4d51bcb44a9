-- A store of version 4: alice has a canned reply of her own; dora changed one of the centre's and deleted another.
-- Key: 28985f3ea5e5cf6eeb6c53b92f16a838df8cecacee4552778cd270623b61dd58
-- Token of alice's session: TCB_2awuxTlT8xQ2-de1sYQpUM1G4VQs9LCvgOicpgI
PRAGMA user_version = 4;
BEGIN TRANSACTION;
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  interaction TEXT,
  detail TEXT
) STRICT;
CREATE TABLE canned_reply (
  id TEXT PRIMARY KEY,
  agent TEXT NOT NULL,                 -- '': public
  shortcut TEXT,
  category TEXT,
  name TEXT NOT NULL,
  texts TEXT NOT NULL,                 -- JSON: text by language
  defined TEXT,                        -- what the definitions last said of it; NULL: made at a desk
  revision INTEGER NOT NULL,
  version INTEGER NOT NULL,            -- the journal's number of its last change
  deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "canned_reply" VALUES('_4FfGPaIdCtD2','alice','merci','Fin','Thanks','{"fr":"Merci","und":"Thank you"}',NULL,1,7,0);
INSERT INTO "canned_reply" VALUES('bye','',NULL,NULL,'','{}','{"name":"Bye","texts":{"und":"Bye"}}',2,9,1);
INSERT INTO "canned_reply" VALUES('hello','','hello','Start','Hi','{"bg":"Здравейте","en":"Hello {customer.name}"}','{"shortcut":"hello","category":"Start","name":"Greeting","texts":{"bg":"Здравейте","en":"Hello {customer.name}"}}',2,8,0);
CREATE TABLE conversation (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  entry_point TEXT NOT NULL,
  address TEXT NOT NULL,               -- the customer's in this channel; of a web chat the hash of its token
  interaction TEXT NOT NULL,           -- the newest
  last_number INTEGER NOT NULL,        -- of its messages, which are numbered from 1 without a gap
  read_number INTEGER NOT NULL,        -- up to which the customer has read
  agent_read_number INTEGER NOT NULL,  -- up to which an agent has read
  at INTEGER NOT NULL                  -- of the last that happened in it
, ours TEXT NOT NULL DEFAULT '', thread TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
CREATE TABLE core_state (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  state BLOB NOT NULL
) STRICT;
INSERT INTO "core_state" VALUES(9,1795254510955,X'7B22636F7265223A7B22666F726D6174223A312C226E6F6465223A312C2273656564223A312C226E6F77223A313739353235343531303933312C22717565756573223A5B7B226964223A2262696C6C696E67222C226F70656E223A747275657D2C7B226964223A22736D616C6C222C226F70656E223A747275657D2C7B226964223A226E69676874227D2C7B226964223A22656D707479222C226F70656E223A747275657D2C7B226964223A22706C61696E222C226F70656E223A747275657D5D2C226167656E7473223A5B7B226964223A22616C696365222C2273657373696F6E223A227338316D37797233733774222C22726561736F6E223A227369676E5F696E222C2273696E6365223A313739353235343531303834322C2269646C655F73696E6365223A313739353235343531303834322C226465736B5F6C6F73745F6174223A313739353235343531303834322C22706C61636573223A5B7B227175657565223A2262696C6C696E67222C226D656D62657273686970223A227265616479227D2C7B227175657565223A22736D616C6C222C226D656D62657273686970223A227265616479227D2C7B227175657565223A226E69676874222C226D656D62657273686970223A227265616479227D2C7B227175657565223A22706C61696E222C226D656D62657273686970223A227265616479227D5D2C227374617465223A2269646C65222C2273746174696F6E223A226F7574736964655F6E756D626572222C2273746174696F6E5F7265616479223A747275657D2C7B226964223A22626F62222C22706C61636573223A5B7B227175657565223A2262696C6C696E67227D2C7B227175657565223A22736D616C6C227D2C7B227175657565223A226E69676874227D2C7B227175657565223A22706C61696E227D5D7D2C7B226964223A22646F7261222C2273657373696F6E223A227338316D3779723373616A222C22726561736F6E223A227369676E5F696E222C2273696E6365223A313739353235343531303933302C2269646C655F73696E6365223A313739353235343531303933302C226465736B5F6C6F73745F6174223A313739353235343531303933302C22706C61636573223A5B7B227175657565223A2262696C6C696E67222C226D656D62657273686970223A227265616479227D5D2C227374617465223A2269646C65222C2273746174696F6E223A226F7574736964655F6E756D626572222C2273746174696F6E5F7265616479223A747275657D5D7D2C22646566696E6974696F6E73223A5B7B2273657474696E6773223A7B226C616E677561676573223A5B22656E222C226672222C226267225D2C22736C6F7473223A5B7B226368616E6E656C223A22766F696365222C22636F756E74223A317D5D2C22626F6F73745F7365636F6E6473223A36302C226175746F5F616363657074223A226F6666222C22636F6E6669726D5F656E64223A66616C73652C226469676974616C5F647572696E675F63616C6C223A66616C73652C22766F6963655F777261705F75705F626C6F636B73223A747275652C2272656164795F61745F7369676E5F696E223A747275652C226465736B5F67726163655F7365636F6E6473223A322C2273657373696F6E5F6C696D69745F7365636F6E6473223A3330302C22636861745F616273656E63655F7365636F6E6473223A3132302C22776F726B5F616273656E63655F7365636F6E6473223A31343430302C2272657475726E5F636861745F7365636F6E6473223A36302C2272657475726E5F776F726B5F7365636F6E6473223A31343430302C2272656F666665725F7365636F6E6473223A312C2273686F72745F6162616E646F6E5F7365636F6E6473223A352C22706572736F6E616C5F6C696D69745F7365636F6E6473223A3132302C22706572736F6E616C5F6469676974616C5F6C696D69745F7365636F6E6473223A31343430302C2276697369626C655F646967697473223A342C22746F61737473223A7B226D6178223A352C227365636F6E6473223A33307D7D2C2276657273696F6E223A312C22736B696C6C73223A5B5D2C227465616D73223A5B7B226964223A22636F756E746572222C226E616D6573223A7B226267223A22436F756E7465722028626729222C22656E223A22436F756E746572222C226672223A22436F756E7465722028667229227D7D5D2C22646973706F736974696F6E73223A5B7B226964223A22736F6C766564222C226E616D6573223A7B226267223A22536F6C7665642028626729222C22656E223A22536F6C766564222C226672223A22536F6C7665642028667229227D7D2C7B226964223A226F74686572222C226E616D6573223A7B226267223A224F746865722028626729222C22656E223A224F74686572222C226672223A224F746865722028667229227D7D5D2C2274616773223A5B7B226964223A22757267656E74222C226E616D6573223A7B226267223A22557267656E742028626729222C22656E223A22557267656E74222C226672223A22557267656E742028667229227D7D2C7B226964223A22766970222C226E616D6573223A7B226267223A225649502028626729222C22656E223A22564950222C226672223A225649502028667229227D7D5D2C22726561736F6E73223A5B7B226964223A226C756E6368222C226E616D6573223A7B226267223A224C756E63682028626729222C22656E223A224C756E6368222C226672223A224C756E63682028667229227D2C22666F725F69646C65223A747275652C22666F725F7061757365223A747275657D5D2C227661726961626C6573223A5B7B226964223A226163636F756E74222C226E616D6573223A7B226267223A224163636F756E742028626729222C22656E223A224163636F756E74222C226672223A224163636F756E742028667229227D2C2274797065223A2274657874222C226564697461626C65223A747275652C22736563757265223A66616C73652C226F6E5F63617264223A317D2C7B226964223A226D6F6F64222C226E616D6573223A7B226267223A224D6F6F642028626729222C22656E223A224D6F6F64222C226672223A224D6F6F642028667229227D2C2274797065223A2274657874222C226564697461626C65223A747275652C22736563757265223A66616C73652C226F6E5F63617264223A327D2C7B226964223A2270696E222C226E616D6573223A7B226267223A2250494E2028626729222C22656E223A2250494E222C226672223A2250494E2028667229227D2C2274797065223A2274657874222C226564697461626C65223A66616C73652C22736563757265223A747275652C226F6E5F63617264223A307D5D2C22717565756573223A5B7B226964223A2262696C6C696E67222C226E616D6573223A7B226267223A2262696C6C696E672028626729222C22656E223A2262696C6C696E67222C226672223A2262696C6C696E672028667229227D2C226368616E6E656C223A22766F696365222C2273656C656374696F6E223A226C6F6E676573745F69646C65222C227072696F72697479223A302C2272696E675F7365636F6E6473223A352C22777261705F7570223A7B227365636F6E6473223A36302C227265717569726564223A747275652C2264656661756C745F646973706F736974696F6E223A226F74686572222C22657874656E73696F6E223A33302C22657874656E73696F6E73223A317D2C22736572766963655F6C6576656C5F7365636F6E6473223A32302C226D61785F77616974696E67223A302C226D61785F776169745F7365636F6E6473223A302C226F70656E5F6F6E5F686F6C6964617973223A66616C73652C227768656E5F636C6F736564223A7B22616374696F6E223A2272656A656374227D2C227768656E5F66756C6C223A7B22616374696F6E223A2272656A656374227D2C227768656E5F756E73746166666564223A7B22616374696F6E223A2277616974227D2C227768656E5F7761697465645F746F6F5F6C6F6E67223A7B22616374696F6E223A2272656A656374227D7D2C7B226964223A22736D616C6C222C226E616D6573223A7B226267223A22736D616C6C2028626729222C22656E223A22736D616C6C222C226672223A22736D616C6C2028667229227D2C226368616E6E656C223A22766F696365222C2273656C656374696F6E223A226C6F6E676573745F69646C65222C227072696F72697479223A302C2272696E675F7365636F6E6473223A352C22777261705F7570223A7B227365636F6E6473223A36302C227265717569726564223A747275652C2264656661756C745F646973706F736974696F6E223A226F74686572222C22657874656E73696F6E223A33302C22657874656E73696F6E73223A317D2C22736572766963655F6C6576656C5F7365636F6E6473223A32302C226D61785F77616974696E67223A312C226D61785F776169745F7365636F6E6473223A302C226F70656E5F6F6E5F686F6C6964617973223A66616C73652C227768656E5F636C6F736564223A7B22616374696F6E223A2272656A656374227D2C227768656E5F66756C6C223A7B22616374696F6E223A2272656A656374227D2C227768656E5F756E73746166666564223A7B22616374696F6E223A2277616974227D2C227768656E5F7761697465645F746F6F5F6C6F6E67223A7B22616374696F6E223A2272656A656374227D7D2C7B226964223A226E69676874222C226E616D6573223A7B226267223A226E696768742028626729222C22656E223A226E69676874222C226672223A226E696768742028667229227D2C226368616E6E656C223A22766F696365222C2273656C656374696F6E223A226C6F6E676573745F69646C65222C227072696F72697479223A302C2272696E675F7365636F6E6473223A352C22777261705F7570223A7B227365636F6E6473223A36302C227265717569726564223A747275652C2264656661756C745F646973706F736974696F6E223A226F74686572222C22657874656E73696F6E223A33302C22657874656E73696F6E73223A317D2C22736572766963655F6C6576656C5F7365636F6E6473223A32302C226D61785F77616974696E67223A302C226D61785F776169745F7365636F6E6473223A302C22686F757273223A5B7B2264617973223A5B226D6F6E225D2C2266726F6D223A2230303A3030222C22756E74696C223A2230303A3031227D5D2C226F70656E5F6F6E5F686F6C6964617973223A66616C73652C227768656E5F636C6F736564223A7B22616374696F6E223A2272656A656374227D2C227768656E5F66756C6C223A7B22616374696F6E223A2272656A656374227D2C227768656E5F756E73746166666564223A7B22616374696F6E223A2277616974227D2C227768656E5F7761697465645F746F6F5F6C6F6E67223A7B22616374696F6E223A2272656A656374227D7D2C7B226964223A22656D707479222C226E616D6573223A7B226267223A22656D7074792028626729222C22656E223A22656D707479222C226672223A22656D7074792028667229227D2C226368616E6E656C223A22766F696365222C2273656C656374696F6E223A226C6F6E676573745F69646C65222C227072696F72697479223A302C2272696E675F7365636F6E6473223A352C22777261705F7570223A7B227365636F6E6473223A36302C227265717569726564223A747275652C2264656661756C745F646973706F736974696F6E223A226F74686572222C22657874656E73696F6E223A33302C22657874656E73696F6E73223A317D2C22736572766963655F6C6576656C5F7365636F6E6473223A32302C226D61785F77616974696E67223A302C226D61785F776169745F7365636F6E6473223A302C226F70656E5F6F6E5F686F6C6964617973223A66616C73652C227768656E5F636C6F736564223A7B22616374696F6E223A2272656A656374227D2C227768656E5F66756C6C223A7B22616374696F6E223A2272656A656374227D2C227768656E5F756E73746166666564223A7B22616374696F6E223A2272656A656374227D2C227768656E5F7761697465645F746F6F5F6C6F6E67223A7B22616374696F6E223A2272656A656374227D7D2C7B226964223A22706C61696E222C226E616D6573223A7B226267223A22706C61696E2028626729222C22656E223A22706C61696E222C226672223A22706C61696E2028667229227D2C226368616E6E656C223A22766F696365222C2273656C656374696F6E223A226C6F6E676573745F69646C65222C227072696F72697479223A302C2272696E675F7365636F6E6473223A352C22777261705F7570223A7B227365636F6E6473223A302C227265717569726564223A66616C73652C22657874656E73696F6E223A302C22657874656E73696F6E73223A317D2C22736572766963655F6C6576656C5F7365636F6E6473223A32302C226D61785F77616974696E67223A302C226D61785F776169745F7365636F6E6473223A302C226F70656E5F6F6E5F686F6C6964617973223A66616C73652C227768656E5F636C6F736564223A7B22616374696F6E223A2272656A656374227D2C227768656E5F66756C6C223A7B22616374696F6E223A2272656A656374227D2C227768656E5F756E73746166666564223A7B22616374696F6E223A2277616974227D2C227768656E5F7761697465645F746F6F5F6C6F6E67223A7B22616374696F6E223A2272656A656374227D7D5D2C22656E7472795F706F696E7473223A5B7B226964223A226C696E655F62696C6C696E67222C226E616D6573223A7B226267223A2262696C6C696E672028626729222C22656E223A2262696C6C696E67222C226672223A2262696C6C696E672028667229227D2C226368616E6E656C223A22766F696365222C22616464726573736573223A5B2238303031225D2C227175657565223A2262696C6C696E67222C226C616E6775616765223A226672222C227072696F72697479223A302C226561726C795F6D65646961223A66616C73657D2C7B226964223A226C696E655F736D616C6C222C226E616D6573223A7B226267223A22736D616C6C2028626729222C22656E223A22736D616C6C222C226672223A22736D616C6C2028667229227D2C226368616E6E656C223A22766F696365222C22616464726573736573223A5B2238303032225D2C227175657565223A22736D616C6C222C226C616E6775616765223A226672222C227072696F72697479223A302C226561726C795F6D65646961223A66616C73657D2C7B226964223A226C696E655F6E69676874222C226E616D6573223A7B226267223A226E696768742028626729222C22656E223A226E69676874222C226672223A226E696768742028667229227D2C226368616E6E656C223A22766F696365222C22616464726573736573223A5B2238303033225D2C227175657565223A226E69676874222C226C616E6775616765223A226672222C227072696F72697479223A302C226561726C795F6D65646961223A66616C73657D2C7B226964223A226C696E655F656D707479222C226E616D6573223A7B226267223A22656D7074792028626729222C22656E223A22656D707479222C226672223A22656D7074792028667229227D2C226368616E6E656C223A22766F696365222C22616464726573736573223A5B2238303034225D2C227175657565223A22656D707479222C226C616E6775616765223A226672222C227072696F72697479223A302C226561726C795F6D65646961223A66616C73657D2C7B226964223A226C696E655F706C61696E222C226E616D6573223A7B226267223A22706C61696E2028626729222C22656E223A22706C61696E222C226672223A22706C61696E2028667229227D2C226368616E6E656C223A22766F696365222C22616464726573736573223A5B2238303035225D2C227175657565223A22706C61696E222C226C616E6775616765223A226672222C227072696F72697479223A302C226561726C795F6D65646961223A66616C73657D5D2C226167656E7473223A5B7B226964223A22616C696365222C226E616D65223A22416C696365222C226C616E6775616765223A226672222C22726F6C65223A226167656E74222C227465616D223A22636F756E746572222C22717565756573223A5B2262696C6C696E67222C22736D616C6C222C226E69676874222C22706C61696E225D7D2C7B226964223A22626F62222C226E616D65223A22426F62222C226C616E6775616765223A226672222C22726F6C65223A226167656E74222C227465616D223A22636F756E746572222C22717565756573223A5B2262696C6C696E67222C22736D616C6C222C226E69676874222C22706C61696E225D7D2C7B226964223A22646F7261222C226E616D65223A22446F7261222C22726F6C65223A2273757065727669736F72222C22717565756573223A5B2262696C6C696E67225D7D5D2C2263616E6E65645F7265706C696573223A5B7B226964223A2268656C6C6F222C2273686F7274637574223A2268656C6C6F222C2263617465676F7279223A225374617274222C226E616D65223A224772656574696E67222C227465787473223A7B226267223A22D097D0B4D180D0B0D0B2D0B5D0B9D182D0B5222C22656E223A2248656C6C6F207B637573746F6D65722E6E616D657D227D7D2C7B226964223A22627965222C226E616D65223A22427965222C227465787473223A7B22756E64223A22427965227D7D5D7D5D7D');
CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE customer_number (
  number TEXT NOT NULL,
  customer TEXT NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  PRIMARY KEY (number, customer)
) STRICT, WITHOUT ROWID;
CREATE TABLE definitions (
  version INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
INSERT INTO "definitions" VALUES(1,1795254510138,'{"settings":{"languages":["en","fr","bg"],"slots":[{"channel":"voice","count":1}],"boost_seconds":60,"auto_accept":"off","confirm_end":false,"digital_during_call":false,"voice_wrap_up_blocks":true,"ready_at_sign_in":true,"desk_grace_seconds":2,"session_limit_seconds":300,"chat_absence_seconds":120,"work_absence_seconds":14400,"return_chat_seconds":60,"return_work_seconds":14400,"reoffer_seconds":1,"short_abandon_seconds":5,"personal_limit_seconds":120,"personal_digital_limit_seconds":14400,"visible_digits":4,"toasts":{"max":5,"seconds":30}},"version":1,"skills":[],"teams":[{"id":"counter","names":{"bg":"Counter (bg)","en":"Counter","fr":"Counter (fr)"}}],"dispositions":[{"id":"solved","names":{"bg":"Solved (bg)","en":"Solved","fr":"Solved (fr)"}},{"id":"other","names":{"bg":"Other (bg)","en":"Other","fr":"Other (fr)"}}],"tags":[{"id":"urgent","names":{"bg":"Urgent (bg)","en":"Urgent","fr":"Urgent (fr)"}},{"id":"vip","names":{"bg":"VIP (bg)","en":"VIP","fr":"VIP (fr)"}}],"reasons":[{"id":"lunch","names":{"bg":"Lunch (bg)","en":"Lunch","fr":"Lunch (fr)"},"for_idle":true,"for_pause":true}],"variables":[{"id":"account","names":{"bg":"Account (bg)","en":"Account","fr":"Account (fr)"},"type":"text","editable":true,"secure":false,"on_card":1},{"id":"mood","names":{"bg":"Mood (bg)","en":"Mood","fr":"Mood (fr)"},"type":"text","editable":true,"secure":false,"on_card":2},{"id":"pin","names":{"bg":"PIN (bg)","en":"PIN","fr":"PIN (fr)"},"type":"text","editable":false,"secure":true,"on_card":0}],"queues":[{"id":"billing","names":{"bg":"billing (bg)","en":"billing","fr":"billing (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"small","names":{"bg":"small (bg)","en":"small","fr":"small (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":1,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"night","names":{"bg":"night (bg)","en":"night","fr":"night (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"hours":[{"days":["mon"],"from":"00:00","until":"00:01"}],"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"empty","names":{"bg":"empty (bg)","en":"empty","fr":"empty (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"reject"},"when_waited_too_long":{"action":"reject"}},{"id":"plain","names":{"bg":"plain (bg)","en":"plain","fr":"plain (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":0,"required":false,"extension":0,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}}],"entry_points":[{"id":"line_billing","names":{"bg":"billing (bg)","en":"billing","fr":"billing (fr)"},"channel":"voice","addresses":["8001"],"queue":"billing","language":"fr","priority":0,"early_media":false},{"id":"line_small","names":{"bg":"small (bg)","en":"small","fr":"small (fr)"},"channel":"voice","addresses":["8002"],"queue":"small","language":"fr","priority":0,"early_media":false},{"id":"line_night","names":{"bg":"night (bg)","en":"night","fr":"night (fr)"},"channel":"voice","addresses":["8003"],"queue":"night","language":"fr","priority":0,"early_media":false},{"id":"line_empty","names":{"bg":"empty (bg)","en":"empty","fr":"empty (fr)"},"channel":"voice","addresses":["8004"],"queue":"empty","language":"fr","priority":0,"early_media":false},{"id":"line_plain","names":{"bg":"plain (bg)","en":"plain","fr":"plain (fr)"},"channel":"voice","addresses":["8005"],"queue":"plain","language":"fr","priority":0,"early_media":false}],"agents":[{"id":"alice","name":"Alice","language":"fr","role":"agent","team":"counter","queues":["billing","small","night","plain"]},{"id":"bob","name":"Bob","language":"fr","role":"agent","team":"counter","queues":["billing","small","night","plain"]},{"id":"dora","name":"Dora","role":"supervisor","queues":["billing"]}],"canned_replies":[{"id":"hello","shortcut":"hello","category":"Start","name":"Greeting","texts":{"bg":"Здравейте","en":"Hello {customer.name}"}},{"id":"bye","name":"Bye","texts":{"und":"Bye"}}]}');
CREATE TABLE idempotency (
  agent TEXT NOT NULL,
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (agent, key)
) STRICT, WITHOUT ROWID;
INSERT INTO "idempotency" VALUES('alice','7eefb47190724db4a2b28ac82b394f63','5d96ca63a2cc195cd2675629795a323d1ed29109a8bf2adc119ffba554857fe1',201,'{"seq":6,"cursor":"_ALbMa4DLbBu.f174dc3.6","canned_reply":{"id":"_4FfGPaIdCtD2","scope":"personal","shortcut":"merci","category":"Fin","name":"Thanks","texts":{"fr":"Merci","und":"Thank you"},"revision":1,"version":7}}',1795254510933);
INSERT INTO "idempotency" VALUES('dora','646a2b1ddca949c6b8299d014f88cc37','8708b72b026b9a11043ec8a252ad6bdf06d90a76b02764113ed6487bb0a557e3',200,'{"seq":8,"cursor":"_ALbMa4DLbBu.7c95ccab.8","revision":2}',1795254510941);
INSERT INTO "idempotency" VALUES('dora','904c8107268d498b84754c67987588d0','47d9ffd7d22f7f300b6f5324933986ee41adcb70dfc5ce8bcd2f635d6988792c',200,'{"seq":7,"cursor":"_ALbMa4DLbBu.7c95ccab.7","canned_reply":{"id":"hello","scope":"public","shortcut":"hello","category":"Start","name":"Hi","texts":{"bg":"Здравейте","en":"Hello {customer.name}"},"revision":2,"version":8}}',1795254510936);
CREATE TABLE interaction (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  number TEXT,
  name TEXT,
  called TEXT,
  customer TEXT,
  closed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  interaction TEXT,
  agent TEXT,
  json TEXT NOT NULL
) STRICT;
INSERT INTO "journal" VALUES(1,1795254510138,'definitions.applied',NULL,NULL,'{"type":"definitions.applied","at":"2026-11-21T09:48:30.138Z","seq":1,"revision":1,"definitions":{"settings":{"languages":["en","fr","bg"],"slots":[{"channel":"voice","count":1}],"boost_seconds":60,"auto_accept":"off","confirm_end":false,"digital_during_call":false,"voice_wrap_up_blocks":true,"ready_at_sign_in":true,"desk_grace_seconds":2,"session_limit_seconds":300,"chat_absence_seconds":120,"work_absence_seconds":14400,"return_chat_seconds":60,"return_work_seconds":14400,"reoffer_seconds":1,"short_abandon_seconds":5,"personal_limit_seconds":120,"personal_digital_limit_seconds":14400,"visible_digits":4,"toasts":{"max":5,"seconds":30}},"version":1,"skills":[],"teams":[{"id":"counter","names":{"bg":"Counter (bg)","en":"Counter","fr":"Counter (fr)"}}],"dispositions":[{"id":"solved","names":{"bg":"Solved (bg)","en":"Solved","fr":"Solved (fr)"}},{"id":"other","names":{"bg":"Other (bg)","en":"Other","fr":"Other (fr)"}}],"tags":[{"id":"urgent","names":{"bg":"Urgent (bg)","en":"Urgent","fr":"Urgent (fr)"}},{"id":"vip","names":{"bg":"VIP (bg)","en":"VIP","fr":"VIP (fr)"}}],"reasons":[{"id":"lunch","names":{"bg":"Lunch (bg)","en":"Lunch","fr":"Lunch (fr)"},"for_idle":true,"for_pause":true}],"variables":[{"id":"account","names":{"bg":"Account (bg)","en":"Account","fr":"Account (fr)"},"type":"text","editable":true,"secure":false,"on_card":1},{"id":"mood","names":{"bg":"Mood (bg)","en":"Mood","fr":"Mood (fr)"},"type":"text","editable":true,"secure":false,"on_card":2},{"id":"pin","names":{"bg":"PIN (bg)","en":"PIN","fr":"PIN (fr)"},"type":"text","editable":false,"secure":true,"on_card":0}],"queues":[{"id":"billing","names":{"bg":"billing (bg)","en":"billing","fr":"billing (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"small","names":{"bg":"small (bg)","en":"small","fr":"small (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":1,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"night","names":{"bg":"night (bg)","en":"night","fr":"night (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"hours":[{"days":["mon"],"from":"00:00","until":"00:01"}],"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"empty","names":{"bg":"empty (bg)","en":"empty","fr":"empty (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"reject"},"when_waited_too_long":{"action":"reject"}},{"id":"plain","names":{"bg":"plain (bg)","en":"plain","fr":"plain (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":0,"required":false,"extension":0,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}}],"entry_points":[{"id":"line_billing","names":{"bg":"billing (bg)","en":"billing","fr":"billing (fr)"},"channel":"voice","addresses":["8001"],"queue":"billing","language":"fr","priority":0,"early_media":false},{"id":"line_small","names":{"bg":"small (bg)","en":"small","fr":"small (fr)"},"channel":"voice","addresses":["8002"],"queue":"small","language":"fr","priority":0,"early_media":false},{"id":"line_night","names":{"bg":"night (bg)","en":"night","fr":"night (fr)"},"channel":"voice","addresses":["8003"],"queue":"night","language":"fr","priority":0,"early_media":false},{"id":"line_empty","names":{"bg":"empty (bg)","en":"empty","fr":"empty (fr)"},"channel":"voice","addresses":["8004"],"queue":"empty","language":"fr","priority":0,"early_media":false},{"id":"line_plain","names":{"bg":"plain (bg)","en":"plain","fr":"plain (fr)"},"channel":"voice","addresses":["8005"],"queue":"plain","language":"fr","priority":0,"early_media":false}],"agents":[{"id":"alice","name":"Alice","language":"fr","role":"agent","team":"counter","queues":["billing","small","night","plain"]},{"id":"bob","name":"Bob","language":"fr","role":"agent","team":"counter","queues":["billing","small","night","plain"]},{"id":"dora","name":"Dora","role":"supervisor","queues":["billing"]}],"canned_replies":[{"id":"hello","shortcut":"hello","category":"Start","name":"Greeting","texts":{"bg":"Здравейте","en":"Hello {customer.name}"}},{"id":"bye","name":"Bye","texts":{"und":"Bye"}}]}}');
INSERT INTO "journal" VALUES(2,1795254510149,'queue.closed',NULL,NULL,'{"type":"queue.closed","at":"2026-11-21T09:48:30.149Z","seq":2,"queue":"night"}');
INSERT INTO "journal" VALUES(3,1795254510842,'agent.signed_in',NULL,'alice','{"type":"agent.signed_in","at":"2026-11-21T09:48:30.842Z","seq":3,"session":"s81m7yr3s7t","agent":"alice","team":"counter","reason":"sign_in","state":"idle","station":"outside_number"}');
INSERT INTO "journal" VALUES(4,1795254510848,'agent.station_ready',NULL,'alice','{"type":"agent.station_ready","at":"2026-11-21T09:48:30.848Z","seq":4,"agent":"alice","team":"counter"}');
INSERT INTO "journal" VALUES(5,1795254510930,'agent.signed_in',NULL,'dora','{"type":"agent.signed_in","at":"2026-11-21T09:48:30.930Z","seq":5,"session":"s81m7yr3saj","agent":"dora","reason":"sign_in","state":"idle","station":"outside_number"}');
INSERT INTO "journal" VALUES(6,1795254510931,'agent.station_ready',NULL,'dora','{"type":"agent.station_ready","at":"2026-11-21T09:48:30.931Z","seq":6,"agent":"dora"}');
INSERT INTO "journal" VALUES(7,1795254510933,'canned_reply.changed',NULL,'alice','{"type":"canned_reply.changed","agent":"alice","canned_replies":["_4FfGPaIdCtD2"]}');
INSERT INTO "journal" VALUES(8,1795254510936,'canned_reply.changed',NULL,'dora','{"type":"canned_reply.changed","agent":"dora","canned_replies":["hello"]}');
INSERT INTO "journal" VALUES(9,1795254510941,'canned_reply.changed',NULL,'dora','{"type":"canned_reply.changed","agent":"dora","canned_replies":["bye"]}');
CREATE TABLE message (
  conversation TEXT NOT NULL,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  interaction TEXT NOT NULL,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,                -- customer, agent, centre
  agent TEXT,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  client_key TEXT NOT NULL, external_id TEXT, subject TEXT, attempted INTEGER NOT NULL DEFAULT 0,            -- who repeats it writes nothing new
  PRIMARY KEY (conversation, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('centre','2UY1SItkO1rF');
INSERT INTO "meta" VALUES('epoch','_ALbMa4DLbBu');
CREATE TABLE note (
  participation TEXT PRIMARY KEY,
  interaction TEXT NOT NULL,
  text TEXT NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE password (
  agent TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO "password" VALUES('alice','$argon2id$v=19$m=65536,t=2,p=1$ixC4wSQG8gDdbLXys9GCPg$8aagPfG7HSrjakLmZztVIzHOIsf9kIxar88O5JOrFE8',0,0);
INSERT INTO "password" VALUES('bob','$argon2id$v=19$m=65536,t=2,p=1$lOSc/SdxOblS+FyK5F2Abg$pZvhkynH4Bxn7w6LQqryZzJqgngGRrGJtZ9slvMSxBg',0,0);
INSERT INTO "password" VALUES('dora','$argon2id$v=19$m=65536,t=2,p=1$srzVxn2W65zYPT5Tvn3BzQ$N66Rzp7IGcdkeeiPQaK81MJ5OVOW0sHxkl/eBYFeCpo',0,0);
CREATE TABLE recent (
  id TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  at INTEGER NOT NULL,
  interaction TEXT,
  customer TEXT,
  number TEXT,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  agent TEXT NOT NULL UNIQUE,
  token_hash TEXT NOT NULL,
  station TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "session" VALUES('s81m7yr3s7t','alice','c2a0046ad885e2392de6f2902817eb71be6cde5b3654a41992c9a238df672404','{"kind":"outside_number","address":"+35924400001"}',1795254510842);
INSERT INTO "session" VALUES('s81m7yr3saj','dora','213348a0e056f3235cbf2255e756ab4dd978a657927ccd164b739880bc08932e','{"kind":"outside_number","address":"+35924400002"}',1795254510930);
CREATE TABLE value (
  interaction TEXT NOT NULL,
  variable TEXT NOT NULL,
  value TEXT,    -- NULL where it is secure
  sealed BLOB,   -- the secure value, encrypted
  revision INTEGER NOT NULL,
  PRIMARY KEY (interaction, variable)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_by_interaction ON journal (interaction, seq) WHERE interaction IS NOT NULL;
CREATE INDEX journal_by_time ON journal (at);
CREATE INDEX idempotency_by_time ON idempotency (at);
CREATE INDEX customer_number_by_customer ON customer_number (customer);
CREATE INDEX interaction_by_number ON interaction (number, at);
CREATE INDEX interaction_by_customer ON interaction (customer, at);
CREATE INDEX note_by_interaction ON note (interaction);
CREATE INDEX recent_by_agent ON recent (agent, at);
CREATE INDEX recent_by_customer ON recent (customer, at);
CREATE INDEX recent_by_number ON recent (number, at);
CREATE INDEX recent_by_interaction ON recent (interaction);
CREATE INDEX conversation_by_interaction ON conversation (interaction);
CREATE UNIQUE INDEX message_by_key ON message (conversation, author, client_key);
CREATE INDEX message_by_interaction ON message (interaction);
CREATE UNIQUE INDEX conversation_by_address ON conversation (channel, address, ours, thread);
CREATE INDEX message_by_external_id ON message (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX message_pending ON message (conversation, number) WHERE state = 'pending';
CREATE INDEX canned_reply_by_agent ON canned_reply (agent, version);
COMMIT;
