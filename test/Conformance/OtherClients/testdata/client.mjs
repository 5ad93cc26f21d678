// Lists, watches, patches, applies and deletes widgets with the Node library.
//
// usage: client.mjs KUBECONFIG NAMESPACE
//
// Prints what it saw, one line each, and ends with exit code 0 unless a call failed that must not.

import { createRequire } from 'node:module';

const k8s = createRequire(`${process.env.NODE_CLIENT}/`)('@kubernetes/client-node');
const [kubeconfig, namespace] = process.argv.slice(2);
const group = { group: 'clients.example.dev', version: 'v1', namespace, plural: 'widgets' };

const widget = (name, spec) => ({
  apiVersion: 'clients.example.dev/v1',
  kind: 'Widget',
  metadata: { name, namespace, labels: { by: 'node' } },
  spec,
});

async function refused(call) {
  try {
    await call();
    console.log('not refused');
  } catch (error) {
    if (!error.code) {
      throw error;
    }
    console.log('refused', error.code);
  }
}

const config = new k8s.KubeConfig();
config.loadFromFile(kubeconfig);
const custom = config.makeApiClient(k8s.CustomObjectsApi);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);

const empty = await custom.listNamespacedCustomObject(group);
console.log('listed', empty.kind, empty.items.length);

const events = [];
const watched = new Promise((resolve, reject) => {
  new k8s.Watch(config).watch(
    `/apis/clients.example.dev/v1/namespaces/${namespace}/widgets`,
    { resourceVersion: empty.metadata.resourceVersion, timeoutSeconds: 30 },
    (type, object) => events.push(`${type} ${object.metadata.name} ${object.spec.color}`),
    (error) => (error && error.name !== 'AbortError' ? reject(error) : resolve()),
  ).then((abort) => {
    const timer = setInterval(() => {
      if (events.length >= 5) {
        clearInterval(timer);
        abort.abort();
        resolve();
      }
    }, 20);
  }, reject);
});

const created = await custom.createNamespacedCustomObject({ ...group, body: widget('n1', { color: 'red' }) });
console.log('created', created.metadata.name, created.spec.replicas, created.metadata.generation);
await refused(() => custom.createNamespacedCustomObject({ ...group, body: widget('n1', { color: 'red' }) }));
await refused(() => custom.createNamespacedCustomObject({ ...group, body: widget('n2', { color: 'mauve' }) }));

const merged = await objects.patch(
  widget('n1', { replicas: 4 }), undefined, undefined, undefined, undefined, k8s.PatchStrategy.MergePatch);
console.log('merged', merged.spec.replicas, merged.spec.color);
const applied = await objects.patch(
  widget('n1', { color: 'blue' }), undefined, undefined, 'node-applier', true, k8s.PatchStrategy.ServerSideApply);
console.log('applied', applied.spec.color, applied.spec.replicas, applied.metadata.managedFields.map((entry) => `${entry.manager}:${entry.operation}`).sort().join(' '));
await refused(() => objects.patch(
  widget('n1', { color: 'green' }), undefined, undefined, 'other-applier', false, k8s.PatchStrategy.ServerSideApply));
await refused(() => objects.patch(widget('n1', { color: 'green' })));

const read = await objects.read(widget('n1', {}));
console.log('read', read.spec.color);
const replaced = await objects.replace({ ...read, spec: { color: 'green' } });
console.log('replaced', replaced.spec.color, replaced.spec.replicas);
await refused(() => objects.replace({ ...read, spec: { color: 'red' } }));
const list = await objects.list('clients.example.dev/v1', 'Widget', namespace, undefined, undefined, undefined, undefined, 'by=node');
console.log('selected', list.items.map((item) => item.metadata.name).join(' '));
await objects.delete(widget('n1', {}));
await refused(() => objects.read(widget('n1', {})));

await watched;
for (const event of events) {
  console.log('watched', event);
}
