using System.Text.Json.Nodes;
using FsCheck.Fluent;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Schemas;

[TestFixture]
internal sealed class ObjectCoercionTests
{
    private static readonly StructuralSchema Schema = SchemaOf.Properties(
        """
        spec:
          type: object
          properties:
            a: {type: string}
            er: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
        """);

    [Test]
    public void Coerce_UnknownFields_AreReportedInTheApiServersOrder()
    {
        var tree = (JsonObject)SchemaOf.Tree(
            """
            apiVersion: v1
            kind: Widget
            metadata: {name: w, zz: 1, labels: {a: null}, annotations: {}, creationTimestamp: null, ownerReferences: [{name: o, what: 1}]}
            spec: {bogus: 1, a: null, er: {apiVersion: v1, kind: Pod, metadata: {yy: 1, name: p}, rest: 1}}
            """)!;

        IReadOnlyList<string> unknown = ObjectCoercion.Coerce(tree, Schema);

        Assert.That(unknown, Is.EqualTo(new[] { "metadata.zz", "metadata.ownerReferences[0].what", "spec.bogus", "spec.er.metadata.yy" }));
        Assert.That(
            tree.ToJsonString(),
            Is.EqualTo("""{"apiVersion":"v1","kind":"Widget","metadata":{"name":"w","labels":{"a":""},"ownerReferences":[{"name":"o"}]},"spec":{"er":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"rest":1}}}"""));
    }

    [TestCase("metadata: {labels: {a: 5}}", "json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string")]
    [TestCase("metadata: {labels: 5}", "json: cannot unmarshal number into Go struct field ObjectMeta.labels of type map[string]string")]
    [TestCase("metadata: {generation: x}", "json: cannot unmarshal string into Go struct field ObjectMeta.generation of type int64")]
    [TestCase("metadata: {generation: 1.5}", "json: cannot unmarshal number 1.5 into Go struct field ObjectMeta.generation of type int64")]
    [TestCase("metadata: {finalizers: [true]}", "json: cannot unmarshal bool into Go struct field ObjectMeta.finalizers of type string")]
    [TestCase("metadata: {ownerReferences: [{name: 5}]}", "json: cannot unmarshal number into Go struct field OwnerReference.ownerReferences.name of type string")]
    [TestCase("metadata: {creationTimestamp: foo}", "parsing time \"foo\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"foo\" as \"2006\"")]
    [TestCase("metadata: 5", "json: cannot unmarshal number into Go value of type v1.ObjectMeta")]
    [TestCase("spec: {er: {apiVersion: 5, kind: Pod}}", "spec.er.apiVersion: Invalid value: 5: must be a string")]
    [TestCase("spec: {er: {apiVersion: v1, kind: Pod, metadata: {labels: {a: 5}}}}",
        "spec.er.metadata: Invalid value: {\"labels\":{\"a\":5}}: json: cannot unmarshal number into Go struct field ObjectMeta.labels of type string")]
    public void Coerce_WrongType_Throws(string tree, string message) =>
        Assert.That(
            () => ObjectCoercion.Coerce((JsonObject)SchemaOf.Tree(tree)!, Schema),
            Throws.TypeOf<ObjectCoercionException>().With.Message.EqualTo(message));

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public FsCheck.Property Coerce_ArbitraryMetadata_IsIdempotentOrRefused() => Prop.ForAll(JsonTrees.Arbitrary, static tree =>
    {
        foreach (string name in (string[])["name", "labels", "finalizers", "ownerReferences", "managedFields", "creationTimestamp", "generation", "x"])
        {
            var root = new JsonObject { ["metadata"] = new JsonObject { [name] = tree?.DeepClone() } };
            try
            {
                ObjectCoercion.Coerce(root, Schema);
            }
            catch (ObjectCoercionException)
            {
                continue;
            }

            JsonNode once = root.DeepClone();
            Assert.That(ObjectCoercion.Coerce(root, Schema), Is.Empty);
            Assert.That(JsonNode.DeepEquals(root, once), Is.True);
        }
    });
}
