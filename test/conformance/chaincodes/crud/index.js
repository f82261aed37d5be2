'use strict';
/* global Buffer, setTimeout */
const { Contract } = require('fabric-contract-api');

/** One transaction for each state call; values are texts, answers of several values are JSON. */
class Crud extends Contract {
    constructor() {
        super('crud');
    }

    async Get(ctx, key) {
        return (await ctx.stub.getState(key)).toString();
    }

    async Put(ctx, key, value) {
        await ctx.stub.putState(key, Buffer.from(value));
    }

    async PutTwice(ctx, key, first, second) {
        await ctx.stub.putState(key, Buffer.from(first));
        await ctx.stub.putState(key, Buffer.from(second));
    }

    /** What a read sees after the transaction's own write. */
    async PutThenGet(ctx, key, value) {
        await ctx.stub.putState(key, Buffer.from(value));
        return (await ctx.stub.getState(key)).toString();
    }

    async PutMany(ctx, prefix, count) {
        for (let index = 0; index < Number(count); index++) {
            await ctx.stub.putState(`${prefix}${String(index).padStart(4, '0')}`, Buffer.from(String(index)));
        }
    }

    async Delete(ctx, key) {
        await ctx.stub.deleteState(key);
    }

    /** Reads, then writes: two at once cannot both be valid. */
    async Increment(ctx, key) {
        const value = Number((await ctx.stub.getState(key)).toString() || '0') + 1;
        await ctx.stub.putState(key, Buffer.from(String(value)));
        return String(value);
    }

    async Range(ctx, startKey, endKey) {
        return JSON.stringify(await keysOf(await ctx.stub.getStateByRange(startKey, endKey)));
    }

    /** Reads the first results of a range and leaves the rest. */
    async RangeStart(ctx, startKey, endKey, count) {
        const iterator = await ctx.stub.getStateByRange(startKey, endKey);
        const keys = [];
        for (let index = 0; index < Number(count); index++) {
            keys.push((await iterator.next()).value.key);
        }
        await iterator.close();
        return JSON.stringify(keys);
    }

    async RangeThenPut(ctx, startKey, endKey, key, value) {
        const keys = await keysOf(await ctx.stub.getStateByRange(startKey, endKey));
        await ctx.stub.putState(key, Buffer.from(value));
        return JSON.stringify(keys);
    }

    async Page(ctx, startKey, endKey, pageSize, bookmark) {
        const page = await ctx.stub.getStateByRangeWithPagination(startKey, endKey, Number(pageSize), bookmark);
        const keys = await keysOf(page.iterator);
        return JSON.stringify({ keys, bookmark: page.metadata.bookmark, count: page.metadata.fetchedRecordsCount });
    }

    async PageThenPut(ctx, startKey, endKey, key) {
        await ctx.stub.getStateByRangeWithPagination(startKey, endKey, 2, '');
        await ctx.stub.putState(key, Buffer.from('never'));
    }

    async PutThenPage(ctx, startKey, endKey, key) {
        await ctx.stub.putState(key, Buffer.from('never'));
        await ctx.stub.getStateByRangeWithPagination(startKey, endKey, 2, '');
    }

    async PutComposite(ctx, type, attributes, value) {
        await ctx.stub.putState(ctx.stub.createCompositeKey(type, JSON.parse(attributes)), Buffer.from(value));
    }

    async RangeComposite(ctx, type, attributes) {
        const iterator = await ctx.stub.getStateByPartialCompositeKey(type, JSON.parse(attributes));
        const keys = await keysOf(iterator);
        return JSON.stringify(keys.map((key) => ctx.stub.splitCompositeKey(key).attributes));
    }

    async History(ctx, key) {
        const iterator = await ctx.stub.getHistoryForKey(key);
        const entries = [];
        for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
            const { txId, value, isDelete, timestamp } = step.value;
            entries.push({ txId, value: value.toString(), isDelete, seconds: Number(timestamp.seconds) });
        }
        await iterator.close();
        return JSON.stringify(entries);
    }

    async Emit(ctx, name, payload, key) {
        await ctx.stub.putState(key, Buffer.from(payload));
        ctx.stub.setEvent('overwritten', Buffer.from('lost'));
        ctx.stub.setEvent(name, Buffer.from(payload));
    }

    async Fail(ctx, key, message) {
        await ctx.stub.putState(key, Buffer.from('never'));
        throw new Error(message);
    }

    async PrivateGet(ctx, collection, key) {
        return (await ctx.stub.getPrivateData(collection, key)).toString();
    }

    /** The value comes as transient data. */
    async PrivatePut(ctx, collection, key) {
        await ctx.stub.putPrivateData(collection, key, valueOf(ctx));
    }

    async PrivateAndPublicPut(ctx, collection, key, publicValue) {
        await ctx.stub.putPrivateData(collection, key, valueOf(ctx));
        await ctx.stub.putState(key, Buffer.from(publicValue));
    }

    async PrivateDelete(ctx, collection, key) {
        await ctx.stub.deletePrivateData(collection, key);
    }

    async PrivatePurge(ctx, collection, key) {
        await ctx.stub.purgePrivateData(collection, key);
    }

    /** Reads, then writes: two at once cannot both be valid. */
    async PrivateIncrement(ctx, collection, key) {
        const value = Number((await ctx.stub.getPrivateData(collection, key)).toString() || '0') + 1;
        await ctx.stub.putPrivateData(collection, key, Buffer.from(String(value)));
        return String(value);
    }

    /** Public state that rests on a private value, known by its hash. */
    async PutByPrivateHash(ctx, collection, key, publicKey) {
        const hash = Buffer.from(await ctx.stub.getPrivateDataHash(collection, key));
        await ctx.stub.putState(publicKey, Buffer.from(hash.toString('hex')));
    }

    async PrivateRange(ctx, collection, startKey, endKey) {
        return JSON.stringify(
            await keysOf((await ctx.stub.getPrivateDataByRange(collection, startKey, endKey)).iterator),
        );
    }

    async PrivateRangeThenPut(ctx, collection, startKey, endKey, key) {
        await keysOf((await ctx.stub.getPrivateDataByRange(collection, startKey, endKey)).iterator);
        await ctx.stub.putState(key, Buffer.from('never'));
    }

    async PutThenPrivateRange(ctx, collection, startKey, endKey, key) {
        await ctx.stub.putState(key, Buffer.from('never'));
        await ctx.stub.getPrivateDataByRange(collection, startKey, endKey);
    }

    async PrivateQuery(ctx, collection, query) {
        await ctx.stub.getPrivateDataQueryResult(collection, query);
    }

    async PrivatePolicy(ctx, collection, key) {
        return Buffer.from((await ctx.stub.getPrivateDataValidationParameter(collection, key)) ?? '').toString('hex');
    }

    async PrivateHash(ctx, collection, key) {
        return Buffer.from(await ctx.stub.getPrivateDataHash(collection, key)).toString('hex');
    }

    async Call(ctx, chaincode, transaction, argument) {
        const response = await ctx.stub.invokeChaincode(chaincode, [transaction, argument], '');
        if (response.status !== 200) throw new Error(`callee ${response.status} ${response.message}`);
        return Buffer.from(response.payload).toString();
    }

    async RichQuery(ctx, query) {
        return JSON.stringify(await keysOf((await ctx.stub.getQueryResult(query)).iterator));
    }

    /** The peer's own name for an open iterator; chaincode only gives it back. */
    async IteratorId(ctx, startKey, endKey) {
        const iterator = await ctx.stub.getStateByRange(startKey, endKey);
        const id = iterator.response.getId();
        await iterator.close();
        return id;
    }

    /** A policy for a single key. */
    async SetPolicy(ctx, key) {
        await ctx.stub.putState(key, Buffer.from('guarded'));
        await ctx.stub.setStateValidationParameter(key, Buffer.from('not a policy'));
    }

    /** Answers each endorser differently: no two of them can agree. */
    async PutSomething(ctx, key) {
        await ctx.stub.putState(key, Buffer.from(`${process.pid}`));
    }

    async Wait(ctx, milliseconds) {
        await new Promise((resolve) => {
            setTimeout(resolve, Number(milliseconds));
        });
    }

    async Nothing() {
        return undefined;
    }
}

function valueOf(ctx) {
    return Buffer.from(ctx.stub.getTransient().get('value') ?? 'never');
}

async function keysOf(iterator) {
    const keys = [];
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
        keys.push(step.value.key);
    }
    await iterator.close();
    return keys;
}

module.exports = Crud;
module.exports.contracts = [Crud];
