# SPDX-License-Identifier: GPL-3.0-or-later
"""The acts of the tour in which customers write: a chat in a real browser, an SMS by Kannel, a mail by Exim and Dovecot; each is
accepted, answered, ended and wrapped up, in the language of the desk. What customers got is kept as it came to them: the page, the
phone's log, the mailbox.
"""
import dataclasses
import email.headerregistry
import email.message
import email.policy
import email.utils
import gettext
import json
import os
import re
import shutil

import outside
import uidrive
import visitor

DISPOSITION = "solved"


@dataclasses.dataclass
class Customers:
    """Who writes in a language, and what is said."""
    locale: str
    name: str     # in the chat and by mail
    mailbox: str
    number: str   # the SMS comes from
    chat: tuple   # subject, two messages, the answer
    sms: tuple    # message, answer
    mail: tuple   # subject, text, what it quotes, the answer


CUSTOMERS = {
    "en": Customers(
        "en_GB", "Oliver Grant", "oliver", "+447700900118",
        ("My parcel", "Hello, has my parcel left?", "It is order 441720.", "Good morning. It leaves today."),
        ("Are you open on Saturday?", "Yes, from nine to one."),
        ("Billed twice", "Good day,\n\nI was billed twice in May. Could you look into it, please?",
         "On 12 May 2026 at 09:30, Shop <shop@centre.example> wrote:\n> Thank you for your order 441720.\n> It leaves on Monday.",
         "Good day,\nthe second payment goes back today.")),
    "fr": Customers(
        "fr_FR", "Camille Roux", "camille", "+33639980118",
        ("Mon colis", "Bonjour, mon colis est-il parti ?", "C'est la commande 441720.", "Bonjour. Il part aujourd'hui."),
        ("Êtes-vous ouverts samedi ?", "Oui, de neuf heures à treize heures."),
        ("Facturée deux fois", "Bonjour,\n\nj'ai été facturée deux fois en mai. Pouvez-vous vérifier ?",
         "Le 12 mai 2026 à 09:30, Boutique <shop@centre.example> a écrit :\n> Merci de votre commande 441720.\n> Elle part lundi.",
         "Bonjour,\nle second paiement vous est rendu aujourd'hui.")),
    "bg": Customers(
        "bg_BG", "Мила Стоянова", "mila", "+359880000118",
        ("Моята пратка", "Здравейте, тръгна ли пратката ми?", "Поръчка 441720.", "Добър ден. Тръгва днес."),
        ("Работите ли в събота?", "Да, от девет до тринадесет часа."),
        ("Две фактури", "Добър ден,\n\nполучих две фактури за май. Бихте ли проверили?",
         "На 12 май 2026 г. в 09:30 Магазин <shop@centre.example> написа:\n> Благодарим за поръчка 441720.\n> Тръгва в понеделник.",
         "Добър ден,\nвторото плащане се връща днес.")),
}


def a_mail(who, message_id):
    """As a customer's program writes it."""
    subject, text, quoted, _answer = who.mail
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"] = email.headerregistry.Address(who.name, who.mailbox, "customers.example")
    message["To"] = outside.ADDRESS
    message["Subject"] = subject
    message["Message-ID"] = "<%s>" % message_id
    message["Date"] = email.utils.localtime()
    message.set_content("%s\n\n%s\n" % (text, quoted))
    return message.as_bytes()


class Written:
    """In one language. @tour: step, begin, choose, app, play, folder, log."""

    def __init__(self, tour, language, chromium, around):
        self.tour, self.language, self.chromium, self.around = tour, language, chromium, around
        self.who = CUSTOMERS[language]
        self.log = tour.log["written"].setdefault(language, {})
        self.translation = gettext.translation("guichet", os.path.join(tour.build, "po"), [language], fallback=language == "en")
        with open(os.path.join(tour.build, "data", "demo", "centre.json"), encoding="utf-8") as f:
            names = {d["id"]: d["names"] for d in json.load(f)["dispositions"]}
        self.letters = names[DISPOSITION][language][:3].lower()

    # -- the desk's words
    def tr(self, text, *more):
        text = self.translation.gettext(text)
        return text % more if more else text

    def starts(self, text):
        """A pattern of what begins like a sentence with a name in it."""
        return re.compile("^" + re.escape(self.tr(text).partition("%s")[0]))

    def mine(self, state):
        """The line below the agent's own message."""
        return re.compile("^%s · .* · %s$" % (re.escape(self.tr("You")), re.escape(self.tr(state))))

    @property
    def app(self):
        return self.tour.app

    @property
    def session(self):
        return self.tour.play.session

    # -- what the acts share
    def open_window(self):
        """The window dies and comes back in this language, at the same centre."""
        self.app.proc.kill()
        self.app.proc.wait()
        self.tour.app = self.tour.play.open_guichet("--demo", locale=self.who.locale + ".UTF-8")
        self.app.wait(None, re.compile("^" + re.escape(self.tr("Your state: %s", self.tr("Available")))))
        self.step("signed in")

    def step(self, name):
        self.tour.step(name if self.language == "en" else "%s %s" % (self.language, name))

    def accept(self, name):
        """The card of what was begun; answers the field to write in."""
        card = self.app.wait("button", self.starts("Accept %s"))
        self.step("card: " + name)
        card.click()
        return self.app.wait("text", self.tr("Message"))

    def wrap_up(self, name):
        self.session.key("ctrl+shift+e", "ctrl+shift+e")
        self.app.wait("button", self.tr("Submit wrap-up"))
        self.step(name + ": wrap-up")
        self.tour.choose("ctrl+d", self.tr("Search dispositions"), self.letters)
        self.app.wait("label", self.tr("%s: %s", self.tr("Disposition"), self.tr("Saved")))
        self.session.key("ctrl+Return")
        self.app.wait("label", self.tr("No work in hand"))
        self.step(name + ": wrapped up")

    def keep(self, kind, **what):
        self.log[kind] = {"call": self.tour.begin(), "disposition": DISPOSITION, **what}

    # -- the acts
    def chat(self):
        """What the customer sees is read from the page, what the agent sees from the screen."""
        who, page = self.who, {}
        subject, asks, adds, answer = who.chat
        one = visitor.Visitor(self.chromium.page(locale=who.locale.replace("_", "-")))
        self.keep("chat", name=who.name, agent="Dana Demo", typing=self.tr("%s is typing…", who.name), read=self.tr("Read"), page=page,
                  messages=[["customer", asks], ["customer", adds], ["agent", answer]])
        one.open(self.tour.play.centre()["chat_page"])
        one.run("await at.locator('#field-0').fill(arg[0]); await at.locator('#field-1').fill(arg[1])", [who.name, subject])
        one.run("await at.locator('#start').click()")
        one.write(asks)
        field = self.accept("chat")
        self.app.wait("label", asks)
        one.count(1, "[data-state=read]")
        one.run("await at.locator('#text').pressSequentially(arg)", adds[:2])
        # She goes on typing for as long as it is looked at.
        one.run("const typed = () => at.locator('#text').dispatchEvent('input'); globalThis.types = setInterval(typed, 1000)")
        self.app.wait("label", self.tr("%s is typing…", who.name))
        self.step("chat: customer types")
        one.run("clearInterval(globalThis.types)")
        one.write(adds)
        self.app.wait("label", adds)
        field.focus()
        self.session.type(answer)
        page["typing"] = one.run("return at.locator('#typing').filter({ hasText: 'Dana Demo' }).innerText()")
        self.session.key("Return")
        one.sees(".message.agent .text", answer)
        one.count(2, "[data-state=read]")
        self.app.wait("label", self.mine("Read"))
        page.update(messages=one.messages(), read=len(one.run("return at.locator('[data-state=read]').allInnerTexts()")))
        one.picture(os.path.join(self.tour.folder, "page-%s.png" % self.language))
        self.step("chat: answered")
        self.wrap_up("chat")
        page["transcript"] = one.run(
            "const [file] = await Promise.all([page.waitForEvent('download'), at.locator('#transcript').click()]);"
            "const chunks = []; for await (const c of await file.createReadStream()) chunks.push(c); return Buffer.concat(chunks).toString()")
        one.page.close()

    def sms(self):
        asks, answer = self.who.sms
        phone = self.around.kannel
        self.keep("sms", number=self.who.number, ours=outside.NUMBER, phone="phone-%s.log" % self.language, asks=asks, answer=answer,
                  delivered=self.tr("Delivered"))
        phone.phone(asks, number=self.who.number, to=outside.NUMBER)
        field = self.accept("SMS")
        self.app.wait("label", asks)
        self.step("SMS: accepted")
        field.focus()
        self.session.type(answer)
        self.session.key("Return")
        self.app.wait("label", self.mine("Delivered"))
        shutil.copyfile(os.path.join(phone.folder, phone.log), os.path.join(self.tour.folder, self.log["sms"]["phone"]))
        self.step("SMS: delivered")
        self.wrap_up("SMS")

    def mail(self):
        subject, text, quoted, answer = self.who.mail
        address, name = "%s@customers.example" % self.who.mailbox, "%s.1@customers.example" % self.who.mailbox
        servers = self.around.servers
        self.keep("mail", name=self.who.name, address=address, ours=outside.ADDRESS, id=name, subject=subject, asks=text, quoted=quoted,
                  answer=answer, mailbox="mailbox-%s" % self.language, sent=self.tr("Sent"))
        servers.deliver(a_mail(self.who, name), sender=address)
        field = self.accept("mail")
        self.app.wait("label", text)
        self.app.wait("button", self.tr("Show quoted text"))
        self.step("mail: accepted")
        self.app.wait("button", self.tr("Show quoted text")).click()
        self.app.wait("label", re.compile(re.escape(quoted.split("\n")[-1])))
        self.step("mail: quotes shown")
        self.app.wait("button", self.tr("Hide quoted text")).click()
        self.app.wait("button", self.tr("Show quoted text"))
        field.focus()
        self.session.type(answer)
        self.session.key("ctrl+Return")
        uidrive.until("no answer in the mailbox of %s" % self.who.mailbox, lambda: servers.mails(self.who.mailbox))
        self.app.wait("label", self.mine("Sent"))
        self.keep_mailbox(servers.paths(self.who.mailbox))
        self.step("mail: answered")
        self.wrap_up("mail")

    def keep_mailbox(self, paths):
        folder = os.path.join(self.tour.folder, self.log["mail"]["mailbox"])
        os.mkdir(folder)
        for number, path in enumerate(paths, 1):
            shutil.copyfile(path, os.path.join(folder, "%d.eml" % number))

    def play(self):
        if self.language != "en":
            self.open_window()
        self.chat()
        self.sms()
        self.mail()
