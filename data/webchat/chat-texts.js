// SPDX-License-Identifier: GPL-3.0-or-later
// What the chat says to the customer, in three languages, and which of them is spoken.

const texts = {
  en: {
    chat: 'Chat', close: 'Close the chat', connecting: 'Connecting…',
    lost: 'No connection at the moment. What you write is kept, and is sent as soon as it is back.',
    unknown: 'This chat does not exist.',
    forgetful: 'Your browser keeps nothing for this page: please leave it open until the conversation is over.',
    name: 'Your name', required: 'Fields marked with * are required.', start: 'Start the conversation',
    choose: 'Please choose', missing: 'Please fill in this field.', length: 'This is too long.',
    number: 'Please write a number.', date: 'Please give a date.', datetime: 'Please give a date and a time.',
    choice: 'Please choose one of the list.',
    busy: 'Too many attempts. Please wait a moment and try again.', failed: 'This did not work. Please try again.',
    place: 'Please wait, somebody will be with you soon. Your place in the queue: {n}.',
    waiting: 'Please wait, somebody will be with you soon.',
    talking: 'You are writing with {name}.', talkingUnnamed: 'Somebody is here for you.',
    joined: '{name} has joined.', left: '{name} has left.',
    log: 'Messages', you: 'You', agent: 'Our team', message: 'Your message', send: 'Send',
    keys: 'Enter sends, Shift+Enter begins a new line.', newer: 'New messages ↓',
    typing: '{name} is writing…', pending: 'Not sent yet', sent: 'Sent', read: 'Read', refused: 'Not sent',
    room: '{n} of {limit} characters', tooLong: 'Too long: {n} of {limit} characters.',
    end: 'End', sure: 'End the conversation?', stay: 'Go on',
    transcript: 'Save the conversation', again: 'New conversation', resume: 'Write again',
    goOn: 'Write a message to go on with this conversation.', unsaved: 'It could not be saved. Please try again.',
    attach: 'Add files', files: 'Files for the next message', fileRemove: 'Remove {name}', fileSending: '{name} is being sent',
    fileSave: 'Save {name}, {size}', fileLost: 'It was not sent before the page was left. Please choose it again.',
    fileLarge: '{name} is too large: at most {limit}.', fileEmpty: '{name} is empty.', fileType: 'Files of this kind are not taken.',
    fileProgram: 'Programs and web pages are not taken.', fileFailed: '{name} could not be sent.',
    filesMany: 'At most {n} files at once.', filesLarge: 'Together the files are too large: at most {limit}.',
    filesWait: 'Please wait until the files are there.', fileGone: 'The files are no longer there',
    masked: 'The card number has been hidden. Please do not send card numbers in the chat.',
    bot: 'Bot', botNamed: '{name} (bot)', handedOver: 'Handed over to our team',
    passedOn: 'What you and our bot wrote is passed on to our team.', passedOnNamed: 'What you and {name} wrote is passed on to our team.',
    gone: 'This conversation is no longer available.',
    ended: 'The conversation is over.', customer_left: 'You have ended the conversation.',
    agent_ended: 'The conversation is over. Thank you for writing to us.',
    closing: 'Are you still there? The conversation ends soon unless you write.',
    away: '{name} has lost the link to us. One moment, please.',
    silence: 'The conversation has ended because you did not answer.',
    connection_lost: 'The conversation has ended because you were away for a long time.',
    closed: 'We are closed at the moment.',
    full: 'Nobody can answer at the moment. Please try again later.',
  },
  fr: {
    chat: 'Discussion', close: 'Fermer la discussion', connecting: 'Connexion…',
    lost: 'Pas de connexion pour le moment. Ce que vous écrivez est conservé et part dès son retour.',
    unknown: 'Cette discussion n’existe pas.',
    forgetful: 'Votre navigateur ne conserve rien pour cette page : laissez-la ouverte jusqu’à la fin de la conversation.',
    name: 'Votre nom', required: 'Les champs marqués d’un * sont obligatoires.', start: 'Commencer la conversation',
    choose: 'Veuillez choisir', missing: 'Veuillez remplir ce champ.', length: 'C’est trop long.',
    number: 'Veuillez écrire un nombre.', date: 'Veuillez indiquer une date.',
    datetime: 'Veuillez indiquer une date et une heure.', choice: 'Veuillez choisir dans la liste.',
    busy: 'Trop d’essais. Veuillez patienter un instant, puis réessayer.', failed: 'Cela n’a pas marché. Veuillez réessayer.',
    place: 'Veuillez patienter, quelqu’un va vous répondre. Votre place dans la file : {n}.',
    waiting: 'Veuillez patienter, quelqu’un va vous répondre.',
    talking: 'Vous écrivez avec {name}.', talkingUnnamed: 'Quelqu’un est là pour vous.',
    joined: '{name} a rejoint la conversation.', left: '{name} a quitté la conversation.',
    log: 'Messages', you: 'Vous', agent: 'Notre équipe', message: 'Votre message', send: 'Envoyer',
    keys: 'Entrée envoie, Maj+Entrée passe à la ligne.', newer: 'Nouveaux messages ↓',
    typing: '{name} écrit…', pending: 'Pas encore envoyé', sent: 'Envoyé', read: 'Lu', refused: 'Non envoyé',
    room: '{n} caractères sur {limit}', tooLong: 'Trop long : {n} caractères sur {limit}.',
    end: 'Terminer', sure: 'Terminer la conversation ?', stay: 'Continuer',
    transcript: 'Enregistrer la conversation', again: 'Nouvelle conversation', resume: 'Écrire à nouveau',
    goOn: 'Écrivez un message pour poursuivre cette conversation.',
    unsaved: 'L’enregistrement a échoué. Veuillez réessayer.',
    attach: 'Joindre des fichiers', files: 'Fichiers du prochain message', fileRemove: 'Retirer {name}',
    fileSending: 'Envoi de {name}', fileSave: 'Enregistrer {name}, {size}',
    fileLost: 'Il n’était pas encore envoyé quand la page a été quittée. Veuillez le choisir de nouveau.',
    fileLarge: '{name} est trop lourd : {limit} au plus.', fileEmpty: '{name} est vide.',
    fileType: 'Les fichiers de ce type ne sont pas acceptés.', fileProgram: 'Les programmes et les pages web ne sont pas acceptés.',
    fileFailed: '{name} n’a pas pu être envoyé.', filesMany: '{n} fichiers au plus à la fois.',
    filesLarge: 'Ensemble, les fichiers sont trop lourds : {limit} au plus.',
    filesWait: 'Veuillez attendre que les fichiers soient arrivés.', fileGone: 'Les fichiers ne sont plus là',
    masked: 'Le numéro de carte a été masqué. Merci de ne pas envoyer de numéros de carte dans la discussion.',
    bot: 'Bot', botNamed: '{name} (bot)', handedOver: 'Transmis à notre équipe',
    passedOn: 'Votre échange avec notre bot est transmis à notre équipe.', passedOnNamed: 'Votre échange avec {name} est transmis à notre équipe.',
    gone: 'Cette conversation n’est plus disponible.',
    ended: 'La conversation est terminée.', customer_left: 'Vous avez terminé la conversation.',
    agent_ended: 'La conversation est terminée. Merci de nous avoir écrit.',
    closing: 'Êtes-vous toujours là ? Sans message de votre part, la conversation prendra bientôt fin.',
    away: '{name} a perdu la liaison. Un instant, s’il vous plaît.',
    silence: 'La conversation a pris fin faute de réponse de votre part.',
    connection_lost: 'La conversation a pris fin à cause d’une longue absence.',
    closed: 'Nous sommes fermés pour le moment.',
    full: 'Personne ne peut répondre pour le moment. Veuillez réessayer plus tard.',
  },
  bg: {
    chat: 'Чат', close: 'Затваряне на чата', connecting: 'Свързване…',
    lost: 'В момента няма връзка. Написаното се пази и ще бъде изпратено, щом тя се върне.',
    unknown: 'Този чат не съществува.',
    forgetful: 'Браузърът Ви не пази нищо за тази страница: оставете я отворена до края на разговора.',
    name: 'Вашето име', required: 'Полетата, отбелязани с *, са задължителни.', start: 'Започване на разговора',
    choose: 'Моля, изберете', missing: 'Моля, попълнете това поле.', length: 'Текстът е твърде дълъг.',
    number: 'Моля, напишете число.', date: 'Моля, посочете дата.', datetime: 'Моля, посочете дата и час.',
    choice: 'Моля, изберете от списъка.',
    busy: 'Твърде много опити. Моля, изчакайте малко и опитайте отново.', failed: 'Не се получи. Моля, опитайте отново.',
    place: 'Моля, изчакайте, скоро ще Ви отговорим. Вашето място в опашката: {n}.',
    waiting: 'Моля, изчакайте, скоро ще Ви отговорим.',
    talking: 'Пишете си с {name}.', talkingUnnamed: 'Наш колега е на линия.',
    joined: '{name} се включи.', left: '{name} напусна.',
    log: 'Съобщения', you: 'Вие', agent: 'Нашият екип', message: 'Вашето съобщение', send: 'Изпращане',
    keys: 'Enter изпраща, Shift+Enter започва нов ред.', newer: 'Нови съобщения ↓',
    typing: '{name} пише…', pending: 'Още не е изпратено', sent: 'Изпратено', read: 'Прочетено', refused: 'Не е изпратено',
    room: '{n} от {limit} знака', tooLong: 'Твърде дълго: {n} от {limit} знака.',
    end: 'Приключване', sure: 'Да приключи ли разговорът?', stay: 'Продължаване',
    transcript: 'Запазване на разговора', again: 'Нов разговор', resume: 'Писане отново',
    goOn: 'Напишете съобщение, за да продължи този разговор.',
    unsaved: 'Разговорът не можа да бъде запазен. Моля, опитайте отново.',
    attach: 'Добавяне на файлове', files: 'Файлове за следващото съобщение', fileRemove: 'Премахване на {name}',
    fileSending: '{name} се изпраща', fileSave: 'Запазване на {name}, {size}',
    fileLost: 'Не беше изпратен, преди страницата да бъде напусната. Моля, изберете го отново.',
    fileLarge: '{name} е твърде голям: най-много {limit}.', fileEmpty: '{name} е празен.',
    fileType: 'Файлове от този вид не се приемат.', fileProgram: 'Програми и уеб страници не се приемат.',
    fileFailed: '{name} не можа да бъде изпратен.', filesMany: 'Най-много {n} файла наведнъж.',
    filesLarge: 'Заедно файловете са твърде големи: най-много {limit}.',
    filesWait: 'Моля, изчакайте файловете да пристигнат.', fileGone: 'Файловете вече ги няма',
    masked: 'Номерът на картата беше скрит. Моля, не изпращайте номера на карти в чата.',
    bot: 'Бот', botNamed: '{name} (бот)', handedOver: 'Предадено на нашия екип',
    passedOn: 'Разговорът Ви с нашия бот се предава на нашия екип.', passedOnNamed: 'Разговорът Ви с {name} се предава на нашия екип.',
    gone: 'Този разговор вече не е достъпен.',
    ended: 'Разговорът приключи.', customer_left: 'Вие приключихте разговора.',
    agent_ended: 'Разговорът приключи. Благодарим Ви, че ни писахте.',
    closing: 'Още ли сте там? Ако не пишете, разговорът скоро ще приключи.',
    away: '{name} изгуби връзката. Един момент, моля.',
    silence: 'Разговорът приключи, защото не отговорихте.',
    connection_lost: 'Разговорът приключи поради дълго отсъствие.',
    closed: 'В момента не работим.',
    full: 'В момента никой не може да отговори. Моля, опитайте по-късно.',
  },
};
const same = { unstaffed: 'full', waited_too_long: 'full' };

const asked = new URLSearchParams(location.search).get('language');
const wanted = [...(asked ? [asked] : []), ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());

export const language = wanted.find((tag) => tag in texts) ?? 'en';

// How times are written: as the browser would where it speaks this language.
const locale = navigator.languages.find((tag) => tag.startsWith(language)) ?? language;

export function say(key, values = {}) {
  return texts[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/* Why it is over: a reason that this page does not know is just the end. */
export function sayEnd(reason) {
  const key = same[reason] ?? reason;
  return say(['customer_left', 'agent_ended', 'connection_lost', 'silence', 'closed', 'full'].includes(key) ? key : 'ended');
}

/* Of a text that the centre gives in several languages, the one that is spoken here. */
export function pick(names = {}) {
  return names[language] ?? wanted.map((tag) => names[tag]).find(Boolean) ?? names.en ?? Object.values(names)[0] ?? '';
}

export function clock(at) {
  const today = new Date().toDateString() === at.toDateString();
  return at.toLocaleString(locale, today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' });
}

/* So many bytes. */
export function amount(bytes) {
  const mega = bytes >= 1000000;
  const value = mega ? bytes / 1000000 : Math.max(bytes / 1000, 0.1);
  const style = { style: 'unit', unit: mega ? 'megabyte' : 'kilobyte', maximumFractionDigits: 1 };
  return new Intl.NumberFormat(locale, style).format(value);
}
