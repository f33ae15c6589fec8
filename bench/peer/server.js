// ussd-menu-builder as it is used safely: one menu object a request, sessions in Redis.
// With the one shared menu of its README callers get each other's screens at 16 connections.
'use strict';

const express = require('express');
const redis = require('redis');
const UssdMenu = require('ussd-menu-builder');

const SECONDS = 300;
const store = redis.createClient({ socket: { path: process.env.BENCH_REDIS_SOCKET } });

const sessions = {
  start: async () => {},
  end: async (id) => { await store.del(`peer:${id}`); },
  set: async (id, name, value) => {
    await store.multi().hSet(`peer:${id}`, name, value).expire(`peer:${id}`, SECONDS).exec();
  },
  get: (id, name) => store.hGet(`peer:${id}`, name),
};

function menuOf() {
  const menu = new UssdMenu();
  menu.sessionConfig(sessions);
  menu.startState({
    run: async () => {
      await menu.session.set('at', 'welcome');
      menu.con('Selamat datang\n1. Daftar\n2. Keluar');
    },
    next: { 1: 'name' },
  });
  menu.state('name', {
    run: async () => {
      await menu.session.set('at', 'name');
      menu.con('Ketik nama');
    },
    next: { '*[A-Za-z]+': 'confirm' },
  });
  menu.state('confirm', {
    run: async () => {
      await menu.session.set('name', menu.val);
      menu.con(`${menu.val}, simpan?\n1. Ya\n2. Tidak`);
    },
    next: { 1: 'done' },
  });
  menu.state('done', {
    run: async () => { menu.end(`Tersimpan, ${await menu.session.get('name')}`); },
  });
  return menu;
}

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use(express.urlencoded({ extended: false }));
app.post('/ussd', (request, response) => {
  menuOf().run(request.body, (screen) => response.type('text/plain').send(screen));
});
store.connect().then(() => app.listen(Number(process.env.PORT), '127.0.0.1'));
