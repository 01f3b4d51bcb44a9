-- A store of version 2: alice chats with Chantal.
-- Key: a41bc81972e139c6fb14c2113daf4f3f89a479d5ea2c7693eb2c6fb98b22471f
-- Token of alice's session: -YGMGcjUK1pteXM6DA0gWtzg_Gy7hNgUx5AF_HTusyY
-- Token of Chantal's conversation: TYGK85jpkowdJdyPlSeuGmrsXgFBV9lA
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  interaction TEXT,
  detail TEXT
) STRICT;
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
) STRICT, WITHOUT ROWID;
INSERT INTO "conversation" VALUES('n81m7yfxt2t','webchat','web','17ccd6e63e9de4c3bea2b048721f1dfae8045e4773a088254377038cc601a797','i8000000001',3,2,0,1795245926519);
CREATE TABLE core_state (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  state BLOB NOT NULL
) STRICT;
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
INSERT INTO "definitions" VALUES(1,1795245925528,'{"settings":{"languages":["en","fr","bg"],"slots":[{"channel":"voice","count":1},{"channel":"webchat","count":3}],"boost_seconds":60,"auto_accept":"off","confirm_end":false,"digital_during_call":false,"voice_wrap_up_blocks":true,"ready_at_sign_in":true,"desk_grace_seconds":2,"session_limit_seconds":300,"reoffer_seconds":1,"short_abandon_seconds":5,"personal_limit_seconds":120,"personal_digital_limit_seconds":14400,"visible_digits":4,"toasts":{"max":5,"seconds":30}},"version":1,"skills":[],"teams":[{"id":"counter","names":{"bg":"Counter (bg)","en":"Counter","fr":"Counter (fr)"}}],"dispositions":[{"id":"solved","names":{"bg":"Solved (bg)","en":"Solved","fr":"Solved (fr)"}},{"id":"other","names":{"bg":"Other (bg)","en":"Other","fr":"Other (fr)"}}],"tags":[{"id":"urgent","names":{"bg":"Urgent (bg)","en":"Urgent","fr":"Urgent (fr)"}},{"id":"vip","names":{"bg":"VIP (bg)","en":"VIP","fr":"VIP (fr)"}}],"reasons":[{"id":"lunch","names":{"bg":"Lunch (bg)","en":"Lunch","fr":"Lunch (fr)"},"for_idle":true,"for_pause":true}],"variables":[{"id":"account","names":{"bg":"Account (bg)","en":"Account","fr":"Account (fr)"},"type":"text","editable":true,"secure":false,"on_card":1},{"id":"mood","names":{"bg":"Mood (bg)","en":"Mood","fr":"Mood (fr)"},"type":"text","editable":true,"secure":false,"on_card":2},{"id":"pin","names":{"bg":"PIN (bg)","en":"PIN","fr":"PIN (fr)"},"type":"text","editable":false,"secure":true,"on_card":0}],"queues":[{"id":"billing","names":{"bg":"billing (bg)","en":"billing","fr":"billing (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"small","names":{"bg":"small (bg)","en":"small","fr":"small (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":1,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"night","names":{"bg":"night (bg)","en":"night","fr":"night (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"hours":[{"days":["mon"],"from":"00:00","until":"00:01"}],"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"empty","names":{"bg":"empty (bg)","en":"empty","fr":"empty (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"reject"},"when_waited_too_long":{"action":"reject"}},{"id":"plain","names":{"bg":"plain (bg)","en":"plain","fr":"plain (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":0,"required":false,"extension":0,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"chat","names":{"bg":"chat (bg)","en":"chat","fr":"chat (fr)"},"channel":"webchat","selection":"longest_idle","priority":0,"ring_seconds":15,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"shut","names":{"bg":"shut (bg)","en":"shut","fr":"shut (fr)"},"channel":"webchat","selection":"longest_idle","priority":0,"ring_seconds":15,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"reject"},"when_waited_too_long":{"action":"reject"}}],"entry_points":[{"id":"line_billing","names":{"bg":"billing (bg)","en":"billing","fr":"billing (fr)"},"channel":"voice","addresses":["8001"],"queue":"billing","language":"fr","priority":0,"early_media":false},{"id":"line_small","names":{"bg":"small (bg)","en":"small","fr":"small (fr)"},"channel":"voice","addresses":["8002"],"queue":"small","language":"fr","priority":0,"early_media":false},{"id":"line_night","names":{"bg":"night (bg)","en":"night","fr":"night (fr)"},"channel":"voice","addresses":["8003"],"queue":"night","language":"fr","priority":0,"early_media":false},{"id":"line_empty","names":{"bg":"empty (bg)","en":"empty","fr":"empty (fr)"},"channel":"voice","addresses":["8004"],"queue":"empty","language":"fr","priority":0,"early_media":false},{"id":"line_plain","names":{"bg":"plain (bg)","en":"plain","fr":"plain (fr)"},"channel":"voice","addresses":["8005"],"queue":"plain","language":"fr","priority":0,"early_media":false},{"id":"web","names":{"bg":"Shop (bg)","en":"Shop","fr":"Shop (fr)"},"channel":"webchat","addresses":["web"],"queue":"chat","language":"en","priority":0,"early_media":false,"chat":{"title":{"bg":"Ask us (bg)","en":"Ask us","fr":"Ask us (fr)"},"greeting":{"bg":"Good day (bg)","en":"Good day","fr":"Good day (fr)"},"color":"#1a5fb4","fields":[{"variable":"account","required":false},{"variable":"pin","required":false}]}},{"id":"strict","names":{"bg":"Strict (bg)","en":"Strict","fr":"Strict (fr)"},"channel":"webchat","addresses":["strict"],"queue":"chat","priority":0,"early_media":false,"chat":{"fields":[{"variable":"account","required":true}]}},{"id":"shut","names":{"bg":"Shut (bg)","en":"Shut","fr":"Shut (fr)"},"channel":"webchat","addresses":["shut"],"queue":"shut","priority":0,"early_media":false}],"agents":[{"id":"alice","name":"Alice","language":"fr","role":"agent","team":"counter","queues":["billing","small","night","plain","chat"]},{"id":"bob","name":"Bob","language":"fr","role":"agent","team":"counter","queues":["billing","small","night","plain","chat"]}]}');
CREATE TABLE idempotency (
  agent TEXT NOT NULL,
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (agent, key)
) STRICT, WITHOUT ROWID;
INSERT INTO "idempotency" VALUES('alice','3966b18394c34bb3ba87763af1ed00d5','edfdecc4f03d3cde34c893e7d71df0cfb5ff7c7fb3a9732d095a6b381d8d9705',200,'{"seq":6,"cursor":"3Iqfgu6afWXp.f174dc3.6"}',1795245926486);
INSERT INTO "idempotency" VALUES('alice','55a5b6f66fc544ffb8b503c8a2988295','b58a61135d6d053b76f1b83d7262355e532b460bb4427a0bbea2d05ff2c1bed0',200,'{"seq":19,"cursor":"3Iqfgu6afWXp.f174dc3.19","revision":1}',1795245926524);
INSERT INTO "idempotency" VALUES('alice','6f6e2afc73d3483abcffdbcdbd32c798','6e179b30099086be30a58acf67fc825bee6d6a28876247b6967f44d01024e4ae',200,'{"seq":14,"cursor":"3Iqfgu6afWXp.f174dc3.14"}',1795245926497);
CREATE TABLE interaction (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  number TEXT,
  name TEXT,
  called TEXT,
  customer TEXT,
  closed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO "interaction" VALUES('i8000000001',1795245926490,NULL,'Chantal Dubois','web',NULL,0);
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  interaction TEXT,
  agent TEXT,
  json TEXT NOT NULL
) STRICT;
INSERT INTO "journal" VALUES(1,1795245925528,'definitions.applied',NULL,NULL,'{"type":"definitions.applied","at":"2026-11-21T07:25:25.528Z","seq":1,"revision":1,"definitions":{"settings":{"languages":["en","fr","bg"],"slots":[{"channel":"voice","count":1},{"channel":"webchat","count":3}],"boost_seconds":60,"auto_accept":"off","confirm_end":false,"digital_during_call":false,"voice_wrap_up_blocks":true,"ready_at_sign_in":true,"desk_grace_seconds":2,"session_limit_seconds":300,"reoffer_seconds":1,"short_abandon_seconds":5,"personal_limit_seconds":120,"personal_digital_limit_seconds":14400,"visible_digits":4,"toasts":{"max":5,"seconds":30}},"version":1,"skills":[],"teams":[{"id":"counter","names":{"bg":"Counter (bg)","en":"Counter","fr":"Counter (fr)"}}],"dispositions":[{"id":"solved","names":{"bg":"Solved (bg)","en":"Solved","fr":"Solved (fr)"}},{"id":"other","names":{"bg":"Other (bg)","en":"Other","fr":"Other (fr)"}}],"tags":[{"id":"urgent","names":{"bg":"Urgent (bg)","en":"Urgent","fr":"Urgent (fr)"}},{"id":"vip","names":{"bg":"VIP (bg)","en":"VIP","fr":"VIP (fr)"}}],"reasons":[{"id":"lunch","names":{"bg":"Lunch (bg)","en":"Lunch","fr":"Lunch (fr)"},"for_idle":true,"for_pause":true}],"variables":[{"id":"account","names":{"bg":"Account (bg)","en":"Account","fr":"Account (fr)"},"type":"text","editable":true,"secure":false,"on_card":1},{"id":"mood","names":{"bg":"Mood (bg)","en":"Mood","fr":"Mood (fr)"},"type":"text","editable":true,"secure":false,"on_card":2},{"id":"pin","names":{"bg":"PIN (bg)","en":"PIN","fr":"PIN (fr)"},"type":"text","editable":false,"secure":true,"on_card":0}],"queues":[{"id":"billing","names":{"bg":"billing (bg)","en":"billing","fr":"billing (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"small","names":{"bg":"small (bg)","en":"small","fr":"small (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":1,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"night","names":{"bg":"night (bg)","en":"night","fr":"night (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"hours":[{"days":["mon"],"from":"00:00","until":"00:01"}],"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"empty","names":{"bg":"empty (bg)","en":"empty","fr":"empty (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"reject"},"when_waited_too_long":{"action":"reject"}},{"id":"plain","names":{"bg":"plain (bg)","en":"plain","fr":"plain (fr)"},"channel":"voice","selection":"longest_idle","priority":0,"ring_seconds":5,"wrap_up":{"seconds":0,"required":false,"extension":0,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"chat","names":{"bg":"chat (bg)","en":"chat","fr":"chat (fr)"},"channel":"webchat","selection":"longest_idle","priority":0,"ring_seconds":15,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"wait"},"when_waited_too_long":{"action":"reject"}},{"id":"shut","names":{"bg":"shut (bg)","en":"shut","fr":"shut (fr)"},"channel":"webchat","selection":"longest_idle","priority":0,"ring_seconds":15,"wrap_up":{"seconds":60,"required":true,"default_disposition":"other","extension":30,"extensions":1},"service_level_seconds":20,"max_waiting":0,"max_wait_seconds":0,"open_on_holidays":false,"when_closed":{"action":"reject"},"when_full":{"action":"reject"},"when_unstaffed":{"action":"reject"},"when_waited_too_long":{"action":"reject"}}],"entry_points":[{"id":"line_billing","names":{"bg":"billing (bg)","en":"billing","fr":"billing (fr)"},"channel":"voice","addresses":["8001"],"queue":"billing","language":"fr","priority":0,"early_media":false},{"id":"line_small","names":{"bg":"small (bg)","en":"small","fr":"small (fr)"},"channel":"voice","addresses":["8002"],"queue":"small","language":"fr","priority":0,"early_media":false},{"id":"line_night","names":{"bg":"night (bg)","en":"night","fr":"night (fr)"},"channel":"voice","addresses":["8003"],"queue":"night","language":"fr","priority":0,"early_media":false},{"id":"line_empty","names":{"bg":"empty (bg)","en":"empty","fr":"empty (fr)"},"channel":"voice","addresses":["8004"],"queue":"empty","language":"fr","priority":0,"early_media":false},{"id":"line_plain","names":{"bg":"plain (bg)","en":"plain","fr":"plain (fr)"},"channel":"voice","addresses":["8005"],"queue":"plain","language":"fr","priority":0,"early_media":false},{"id":"web","names":{"bg":"Shop (bg)","en":"Shop","fr":"Shop (fr)"},"channel":"webchat","addresses":["web"],"queue":"chat","language":"en","priority":0,"early_media":false,"chat":{"title":{"bg":"Ask us (bg)","en":"Ask us","fr":"Ask us (fr)"},"greeting":{"bg":"Good day (bg)","en":"Good day","fr":"Good day (fr)"},"color":"#1a5fb4","fields":[{"variable":"account","required":false},{"variable":"pin","required":false}]}},{"id":"strict","names":{"bg":"Strict (bg)","en":"Strict","fr":"Strict (fr)"},"channel":"webchat","addresses":["strict"],"queue":"chat","priority":0,"early_media":false,"chat":{"fields":[{"variable":"account","required":true}]}},{"id":"shut","names":{"bg":"Shut (bg)","en":"Shut","fr":"Shut (fr)"},"channel":"webchat","addresses":["shut"],"queue":"shut","priority":0,"early_media":false}],"agents":[{"id":"alice","name":"Alice","language":"fr","role":"agent","team":"counter","queues":["billing","small","night","plain","chat"]},{"id":"bob","name":"Bob","language":"fr","role":"agent","team":"counter","queues":["billing","small","night","plain","chat"]}]}}');
INSERT INTO "journal" VALUES(2,1795245925529,'queue.closed',NULL,NULL,'{"type":"queue.closed","at":"2026-11-21T07:25:25.529Z","seq":2,"queue":"night"}');
INSERT INTO "journal" VALUES(3,1795245926462,'agent.signed_in',NULL,'alice','{"type":"agent.signed_in","at":"2026-11-21T07:25:26.462Z","seq":3,"session":"s81m7yfxt1y","agent":"alice","team":"counter","reason":"sign_in","state":"idle","station":"outside_number"}');
INSERT INTO "journal" VALUES(4,1795245926464,'agent.station_ready',NULL,'alice','{"type":"agent.station_ready","at":"2026-11-21T07:25:26.464Z","seq":4,"agent":"alice","team":"counter"}');
INSERT INTO "journal" VALUES(5,1795245926478,'agent.desk_connected',NULL,'alice','{"type":"agent.desk_connected","at":"2026-11-21T07:25:26.478Z","seq":5,"session":"s81m7yfxt1y","agent":"alice","team":"counter"}');
INSERT INTO "journal" VALUES(6,1795245926485,'agent.state_changed',NULL,'alice','{"type":"agent.state_changed","at":"2026-11-21T07:25:26.485Z","seq":6,"agent":"alice","team":"counter","duration":23,"state":"available"}');
INSERT INTO "journal" VALUES(7,1795245926490,'interaction.created','i8000000001',NULL,'{"type":"interaction.created","at":"2026-11-21T07:25:26.490Z","seq":7,"interaction":"i8000000001","entry_point":"web","language":"en","channel":"webchat"}');
INSERT INTO "journal" VALUES(8,1795245926490,'variable.changed','i8000000001',NULL,'{"type":"variable.changed","at":"2026-11-21T07:25:26.490Z","seq":8,"interaction":"i8000000001","reason":"arrival","variable":"pin","revision":1}');
INSERT INTO "journal" VALUES(9,1795245926490,'variable.changed','i8000000001',NULL,'{"type":"variable.changed","at":"2026-11-21T07:25:26.490Z","seq":9,"interaction":"i8000000001","reason":"arrival","variable":"account","revision":1}');
INSERT INTO "journal" VALUES(10,1795245926490,'request.queued','i8000000001',NULL,'{"type":"request.queued","at":"2026-11-21T07:25:26.490Z","seq":10,"interaction":"i8000000001","request":"q8000000002","queue":"chat","entry_point":"web","queued_at":"2026-11-21T07:25:26.490Z","channel":"webchat"}');
INSERT INTO "journal" VALUES(11,1795245926490,'offer.created','i8000000001','alice','{"type":"offer.created","at":"2026-11-21T07:25:26.490Z","seq":11,"interaction":"i8000000001","request":"q8000000002","offer":"o8000000003","agent":"alice","team":"counter","queue":"chat","deadline":"2026-11-21T07:25:41.490Z","channel":"webchat"}');
INSERT INTO "journal" VALUES(12,1795245926497,'offer.ended','i8000000001','alice','{"type":"offer.ended","at":"2026-11-21T07:25:26.497Z","seq":12,"interaction":"i8000000001","request":"q8000000002","offer":"o8000000003","agent":"alice","team":"counter","queue":"chat","reason":"accepted","duration":7,"channel":"webchat","outcome":"accepted"}');
INSERT INTO "journal" VALUES(13,1795245926497,'request.ended','i8000000001',NULL,'{"type":"request.ended","at":"2026-11-21T07:25:26.497Z","seq":13,"interaction":"i8000000001","request":"q8000000002","queue":"chat","duration":7,"channel":"webchat","outcome":"answered","service_level":true}');
INSERT INTO "journal" VALUES(14,1795245926497,'participation.joined','i8000000001','alice','{"type":"participation.joined","at":"2026-11-21T07:25:26.497Z","seq":14,"interaction":"i8000000001","request":"q8000000002","participation":"p8000000004","agent":"alice","team":"counter","queue":"chat","queued_at":"2026-11-21T07:25:26.490Z","channel":"webchat"}');
INSERT INTO "journal" VALUES(15,1795245926511,'message.added','i8000000001',NULL,'{"type":"message.added","interaction":"i8000000001","conversation":"n81m7yfxt2t","number":1,"author":"customer"}');
INSERT INTO "journal" VALUES(16,1795245926513,'message.added','i8000000001',NULL,'{"type":"message.added","interaction":"i8000000001","conversation":"n81m7yfxt2t","number":2,"author":"agent","agent":"alice"}');
INSERT INTO "journal" VALUES(17,1795245926519,'message.added','i8000000001',NULL,'{"type":"message.added","interaction":"i8000000001","conversation":"n81m7yfxt2t","number":3,"author":"customer"}');
INSERT INTO "journal" VALUES(18,1795245926520,'message.changed','i8000000001',NULL,'{"type":"message.changed","interaction":"i8000000001","conversation":"n81m7yfxt2t","number":2,"author":"agent","agent":"alice"}');
INSERT INTO "journal" VALUES(19,1795245926524,'note.changed','i8000000001','alice','{"type":"note.changed","at":"2026-11-21T07:25:26.524Z","seq":19,"interaction":"i8000000001","participation":"p8000000004","agent":"alice","team":"counter","queue":"chat","revision":1,"channel":"webchat"}');
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
  client_key TEXT NOT NULL,            -- who repeats it writes nothing new
  PRIMARY KEY (conversation, number)
) STRICT, WITHOUT ROWID;
INSERT INTO "message" VALUES('n81m7yfxt2t',1,'m81m7yfxt2t.1','i8000000001',1795245926511,'customer',NULL,'Where is my parcel?','received',NULL,'e370f63d61c64452b2c4fb8048c3dfb5');
INSERT INTO "message" VALUES('n81m7yfxt2t',2,'m81m7yfxt2t.2','i8000000001',1795245926513,'agent','alice','I look at once.','sent',NULL,'alice c2ea2427856b4f28afc6fcf4979b944e');
INSERT INTO "message" VALUES('n81m7yfxt2t',3,'m81m7yfxt2t.3','i8000000001',1795245926519,'customer',NULL,'Thank you','received',NULL,'473127118891452b8d2b6cda05506797');
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('centre','h1C6voIKdK-9');
INSERT INTO "meta" VALUES('epoch','3Iqfgu6afWXp');
CREATE TABLE note (
  participation TEXT PRIMARY KEY,
  interaction TEXT NOT NULL,
  text TEXT NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "note" VALUES('p8000000004','i8000000001','half a note',1,1795245926524);
CREATE TABLE password (
  agent TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO "password" VALUES('alice','$argon2id$v=19$m=65536,t=2,p=1$Yaoy4/1D4y4jjrLvFkqDfQ$+Un+EPI81jw3kIFaKao4/mL0iEmdIsfVcWGyuSu1HoE',0,0);
INSERT INTO "password" VALUES('bob','$argon2id$v=19$m=65536,t=2,p=1$otREXMu4SKnQw/5wuSB9kg$6h6p5LM2RN+9WBc1eemjpfxhHFKwFU/x0oQnqjNfe8c',0,0);
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
INSERT INTO "session" VALUES('s81m7yfxt1y','alice','6772eacc46fd35419a1c7b64386d91214369a9659a1c4f7620736da64381a583','{"kind":"outside_number","address":"+33199999999"}',1795245926462);
CREATE TABLE value (
  interaction TEXT NOT NULL,
  variable TEXT NOT NULL,
  value TEXT,    -- NULL where it is secure
  sealed BLOB,   -- the secure value, encrypted
  revision INTEGER NOT NULL,
  PRIMARY KEY (interaction, variable)
) STRICT, WITHOUT ROWID;
INSERT INTO "value" VALUES('i8000000001','account','K-2',NULL,1);
INSERT INTO "value" VALUES('i8000000001','pin',NULL,X'3C397E6273C3E10FBCA75C299456E09D42395831E3B14157708F86607C0E9BD835542FFFABF3F0B40DB073B2C1D55AC4E588DC45F7C66EFB4EAED7A8FFD112E386FF9E9ECB162E733CFE',1);
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
CREATE UNIQUE INDEX conversation_by_address ON conversation (channel, address);
CREATE INDEX conversation_by_interaction ON conversation (interaction);
CREATE UNIQUE INDEX message_by_key ON message (conversation, author, client_key);
CREATE INDEX message_by_interaction ON message (interaction);
COMMIT;
