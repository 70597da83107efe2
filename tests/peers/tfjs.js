// Answers the questions of `goldstep gen RULE --format binary32` (standard input) with an optimizer of TensorFlow.js.
//
//     goldstep gen adam --format binary32 | NODE_PATH=build/peers/node_modules node tests/peers/tfjs.js adam
//
// With `--version`, writes the version. The package's own CPU backend computes, in binary32.
'use strict';

const fs = require('fs');
const tf = require('@tensorflow/tfjs');

// How each optimizer is made from a rule's hyperparameters, and what its getWeights() holds behind the step count: for
// each of these states one tensor a variable. Adamax has no getWeights().
const optimizers = {
    sgd: {make: (h) => tf.train.sgd(h.lr), states: []},
    momentum: {make: (h) => tf.train.momentum(h.lr, h.momentum, h.nesterov === 1), states: ['b']},
    adagrad: {make: (h) => tf.train.adagrad(h.lr, h.initial_accumulator), states: ['s']},
    adadelta: {make: (h) => tf.train.adadelta(h.lr, h.rho, h.eps), states: ['e', 'u']},
    adam: {make: (h) => tf.train.adam(h.lr, h.beta1, h.beta2, h.eps), states: ['m', 'v']},
    adamax: {make: (h) => tf.train.adamax(h.lr, h.beta1, h.beta2, h.eps), states: []},
    rmsprop: {make: (h) => tf.train.rmsprop(h.lr, h.rho, h.momentum, h.eps), states: ['v', 'b']},
    rmsprop_centered: {make: (h) => tf.train.rmsprop(h.lr, h.rho, 0, h.eps, true), states: ['v', 'b', 'a']},
};

// JSON has no word for a number that is not finite; a trace has a string.
function numbers(tensor) {
    return Array.from(tensor.dataSync(), (value) => Number.isFinite(value) ? value : String(value));
}

function setRate(optimizer, rate) {
    if (optimizer.setLearningRate !== undefined) {
        optimizer.setLearningRate(rate);
    } else {
        optimizer.learningRate = rate;
    }
}

// Makes the variables, and leaves of the first line what is the package's own: not the states that it starts from.
function start(tensors) {
    const variables = {};
    for (const name of Object.keys(tensors)) {
        variables[name] = tf.variable(tf.tensor1d(tensors[name].x), true, name);
        tensors[name] = {x: tensors[name].x};
    }
    return variables;
}

// Takes a step, and adds x and the states that the rule has to the line.
async function answer(optimizer, variables, states, recorded, tensors) {
    const names = Object.keys(tensors);
    optimizer.applyGradients(Object.fromEntries(names.map((name) => [name, tf.tensor1d(tensors[name].g)])));
    const weights = states.length > 0 ? await optimizer.getWeights() : [];
    names.forEach((name, i) => {
        tensors[name].x = numbers(variables[name]);
        states.forEach((state, s) => {
            if (recorded.includes(state)) {
                tensors[name][state] = numbers(weights[1 + s * names.length + i].tensor);
            }
        });
    });
}

async function main() {
    tf.enableProdMode();
    if (process.argv[2] === '--version') {
        console.log(tf.version.tfjs);
        return;
    }
    await tf.setBackend('cpu');
    const lines = fs.readFileSync(0, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
    const [head, before, ...steps] = lines;
    const {make, states} = optimizers[process.argv[2]];
    const recorded = Object.keys(Object.values(before.tensors)[0]);
    const optimizer = make(head.hyper);
    const variables = start(before.tensors);
    for (const step of steps) {
        if (step.hyper !== undefined) {
            setRate(optimizer, step.hyper.lr);
        }
        await answer(optimizer, variables, states, recorded, step.tensors);
    }
    lines.forEach((line) => console.log(JSON.stringify(line)));
}

main();
