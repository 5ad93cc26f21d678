using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiMachinery.Tests.Objects;

[TestFixture]
public sealed class KubeObjectTests
{
    [Test]
    public void Parse_Object_DecodesTheHeadAndKeepsTheBytes()
    {
        var bytes = Encoding.UTF8.GetBytes("""
            {"spec":{"metadata":{"name":"no"}},"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web","namespace":"shop",
            "labels":{"b":"2","a":"1"},"generation":7,"deletionTimestamp":"2026-01-02T03:04:05Z","finalizers":["f"],"managedFields":[{"manager":"m"}]}}
            """);

        var value = KubeObject.Parse(bytes);

        Assert.Multiple(() =>
        {
            Assert.That(value.GroupVersionKind, Is.EqualTo(new GroupVersionKind("apps", "v1", "Deployment")));
            Assert.That(value.Key, Is.EqualTo(new NamespacedName("shop", "web")));
            Assert.That(value.Metadata.Labels, Is.EqualTo(StringMap.From([new("a", "1"), new("b", "2")])));
            Assert.That(value.Metadata.Generation, Is.EqualTo(7));
            Assert.That(value.Metadata.IsDeleting, Is.True);
            Assert.That(value.Metadata.Finalizers, Is.EqualTo(new[] { "f" }));
            Assert.That(value.ReadManagedFields().Single().Manager, Is.EqualTo("m"));
            Assert.That(value.Utf8Json.ToArray(), Is.EqualTo(bytes));
        });
    }

    [TestCase("", "not a Kubernetes object: ")]
    [TestCase("[]", "expected an object")]
    [TestCase("{}", "kind is missing")]
    [TestCase("""{"kind":"A"}""", "apiVersion is missing")]
    [TestCase("""{"kind":"A","apiVersion":"a/b/c"}""", "apiVersion \"a/b/c\" is malformed")]
    [TestCase("""{"kind":5,"apiVersion":"v1"}""", "kind must be a string")]
    [TestCase("""{"kind":"A","apiVersion":"v1","metadata":[]}""", "metadata must be an object")]
    [TestCase("""{"kind":"A","apiVersion":"v1","metadata":{"name":5}}""", "metadata.name: must be a string")]
    [TestCase("""{"kind":"A","apiVersion":"v1","metadata":{"labels":{"a":1}}}""", "metadata.labels: the value of \"a\" must be a string")]
    [TestCase("""{"kind":"A","apiVersion":"v1","metadata":{"creationTimestamp":"soon"}}""", "metadata.creationTimestamp: \"soon\" is not a time")]
    [TestCase("""{"kind":"A","apiVersion":"v1","metadata":{"finalizers":["a",1]}}""", "metadata.finalizers[1]: must be a string")]
    [TestCase("""{"kind":"A","apiVersion":"v1"} x""", "not a Kubernetes object: ")]
    public void Parse_Malformed_SaysWhereAndWhy(string json, string expected) =>
        Assert.That(() => KubeObject.Parse(Encoding.UTF8.GetBytes(json)), Throws.TypeOf<KubeObjectFormatException>().With.Message.Contains(expected));

    [TestCase("""{"kind":"A","apiVersion":"v1","spec":{"a":"\ud800"}}""")]
    [TestCase("""{"kind":"A","apiVersion":"v1","spec":{"\ud800":1}}""")]
    [TestCase("""{"kind":"A","apiVersion":"v1","spec":["\udc00\ud800"]}""")]
    [TestCase("""{"kind":"A","apiVersion":"v1","spec":["\\\ud800\u0041"]}""")]
    [TestCase("""{"kind":"A","apiVersion":"v1","spec":["\uD83D\\uDE00"]}""")]
    [TestCase("""{"kind":"A","apiVersion":"v1","metadata":{"name":"\uDFFF"}}""")]
    public void Parse_HalfASurrogatePair_IsRefusedWhereverItIs(string json) =>
        Assert.That(() => KubeObject.Parse(Encoding.UTF8.GetBytes(json)), Throws.TypeOf<KubeObjectFormatException>().With.Message.Contains("string"));

    [Test]
    public void Parse_BytesThatAreNotUtf8_AreRefusedWhereverTheyAre() => Assert.That(
        () => KubeObject.Parse((byte[])[.. """{"kind":"A","apiVersion":"v1","spec":{"a":" """u8, 0xC3, .. "\"}}"u8]),
        Throws.TypeOf<KubeObjectFormatException>().With.Message.Contains("UTF-8"));

    [TestCase("\\uD83D\\uDE00", "\ud83d\ude00")]
    [TestCase("\\ud83d\\ude00x", "\ud83d\ude00x")]
    [TestCase("\\\\ud800", "\\ud800")]
    [TestCase("\\\\\\u003c\\u00e9", "\\<\u00e9")]
    public void GetString_Escapes_AreRead(string written, string read)
    {
        var value = KubeObject.Parse(Encoding.UTF8.GetBytes($$"""{"kind":"A","apiVersion":"v1","spec":"{{written}}"}"""));

        Assert.That(value.GetString("spec"), Is.EqualTo(read));
    }

    [Test]
    public void FromNode_NoObjectCanBeMade_SaysSo()
    {
        JsonNode deep = new JsonArray();
        for (int i = 0; i < 1000; i++)
        {
            deep = new JsonArray(deep);
        }

        Assert.Multiple(() =>
        {
            Assert.That(() => FromSpec(deep), Throws.TypeOf<KubeObjectFormatException>());
            Assert.That(() => FromSpec(JsonNode.Parse("""["\ud800"]""")), Throws.TypeOf<KubeObjectFormatException>());
            Assert.That(() => FromSpec(JsonValue.Create(double.NaN)), Throws.TypeOf<KubeObjectFormatException>());
        });

        static KubeObject FromSpec(JsonNode? spec) =>
            KubeObject.FromNode(new JsonObject { ["kind"] = "A", ["apiVersion"] = "v1", ["spec"] = spec });
    }

    [TestCase("""{"apiVersion":"v1","kind":"A","metadata":{"name":"a","managedFields":[{"manager":"m"}],"labels":{"managedFields":"kept"}},"spec":{"managedFields":null}}""",
        """{"apiVersion":"v1","kind":"A","metadata":{"name":"a","labels":{"managedFields":"kept"}},"spec":{"managedFields":null}}""")]
    [TestCase("""{"apiVersion":"v1","kind":"A","managedFields":1}""", """{"apiVersion":"v1","kind":"A","managedFields":1}""")]
    public void FromNodeWithoutManagedFields_ATree_LeavesThemOutAndTheTreeAlone(string json, string expected)
    {
        var node = JsonNode.Parse(json)!.AsObject();

        var read = KubeObject.FromNodeWithoutManagedFields(node);

        Assert.That((Encoding.UTF8.GetString(read.Utf8Json.Span), node.ToJsonString()), Is.EqualTo((expected, json)));
    }

    [Test]
    public void Parse_TooDeep_IsRefused()
    {
        var json = """{"kind":"A","apiVersion":"v1","spec":""" + new string('[', 10_000) + new string(']', 10_000) + "}";

        Assert.That(() => KubeObject.Parse(Encoding.UTF8.GetBytes(json)), Throws.TypeOf<KubeObjectFormatException>());
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Parse_AnyBytes_GivesAnObjectOrAReason(byte[] bytes)
    {
        try
        {
            return KubeObject.Parse(bytes).Kind.Length > 0;
        }
        catch (KubeObjectFormatException e)
        {
            return e.Message.Length > 0;
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Parse_DamagedObject_GivesAnObjectOrAReason(FsCheck.NonNegativeInt position, byte replacement)
    {
        var bytes = """{"kind":"A","apiVersion":"v1","metadata":{"name":"a","labels":{"k":"v"},"ownerReferences":[{"apiVersion":"v1","kind":"B","name":"b","uid":"u"}]}}"""u8.ToArray();
        bytes[position.Get % bytes.Length] = replacement;
        try
        {
            return KubeObject.Parse(bytes).Kind.Length > 0;
        }
        catch (KubeObjectFormatException e)
        {
            return e.Message.Length > 0;
        }
    }

    [TestCase("""{"metadata":{"name":"a"}}""")]
    [TestCase("""  { "metadata":{"name":"a"}}""")]
    public void Parse_ListItemWithoutType_GetsTheFallback(string json)
    {
        var value = KubeObject.Parse(Encoding.UTF8.GetBytes(json), new GroupVersionKind("", "v1", "Pod"));

        Assert.Multiple(() =>
        {
            Assert.That(value.Kind, Is.EqualTo("Pod"));
            Assert.That(value.ToNode()["apiVersion"]!.GetValue<string>(), Is.EqualTo("v1"));
            Assert.That(value.ToNode()["metadata"]!["name"]!.GetValue<string>(), Is.EqualTo("a"));
        });
    }

    [Test]
    public void Parse_EmptyListItem_GetsTheFallback() =>
        Assert.That(KubeObject.Parse("{}"u8.ToArray(), new GroupVersionKind("", "v1", "Pod")).ToNode(), Has.Count.EqualTo(2));

    [Test]
    public void TryGetRaw_Path_GivesTheBytesOfTheValue()
    {
        var value = KubeObject.Parse("""{"kind":"A","apiVersion":"v1","spec":{"a":[1,2],"b":{"c":"x"}}}"""u8.ToArray());

        Assert.Multiple(() =>
        {
            Assert.That(value.TryGetRaw(out var list, "spec", "a"), Is.True);
            Assert.That(Encoding.UTF8.GetString(list.Span), Is.EqualTo("[1,2]"));
            Assert.That(value.GetString("spec", "b", "c"), Is.EqualTo("x"));
            Assert.That(value.GetString("spec", "a"), Is.Null);
            Assert.That(value.TryGetRaw(out _, "spec", "a", "c"), Is.False);
            Assert.That(value.TryGetRaw(out _, "status"), Is.False);
        });
    }

    [Test]
    public void Parse_SharedStrings_AreOneInstance()
    {
        static KubeObject Read(string name) =>
            KubeObjectBuilder.New("demo.example.dev/v1", "Widget").WithName(name).WithNamespace("shop").WithLabel("app", "x").Build();

        var (left, right) = (Read("a"), Read("b"));

        Assert.Multiple(() =>
        {
            Assert.That(left.Metadata.Namespace, Is.SameAs(right.Metadata.Namespace));
            Assert.That(left.Kind, Is.SameAs(right.Kind));
            Assert.That(left.GroupVersionKind.Group, Is.SameAs(right.GroupVersionKind.Group));
            Assert.That(left.Metadata.Labels.Keys.Single(), Is.SameAs(right.Metadata.Labels.Keys.Single()));
        });
    }

    [FsCheck.NUnit.Property]
    public bool Parse_AnyStrings_AreKeptAsTheyAre(FsCheck.NonNull<string> kind, FsCheck.NonNull<string> key, FsCheck.NonNull<string> value)
    {
        var node = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "K" + kind.Get,
            ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [key.Get] = value.Get } },
        };
        var expected = JsonNode.Parse(node.ToJsonString())!;

        var read = KubeObject.FromNode(node);

        return read.Kind == expected["kind"]!.GetValue<string>()
            && read.Metadata.Labels.Single().Value == expected["metadata"]!["labels"]!.AsObject().Single().Value!.GetValue<string>();
    }

    [Test]
    public void Change_Builder_LeavesTheOriginalAlone()
    {
        var original = KubeObject.Parse("""{"kind":"A","apiVersion":"v1","metadata":{"name":"a","labels":{"x":"1"}},"spec":{"keep":1,"drop":2}}"""u8.ToArray());

        var changed = original.Change()
            .WithNamespace("ns")
            .WithLabel("y", "2")
            .WithoutLabel("x")
            .WithAnnotation("note", "n")
            .With(JsonValue.Create(3), "spec", "deep", "er")
            .Without("spec", "drop")
            .Without("nothing", "here")
            .Build();

        Assert.Multiple(() =>
        {
            Assert.That(changed.Key.ToString(), Is.EqualTo("ns/a"));
            Assert.That(changed.Metadata.Labels, Is.EqualTo(StringMap.From([new("y", "2")])));
            Assert.That(changed.GetNode("spec")!.ToJsonString(), Is.EqualTo("""{"keep":1,"deep":{"er":3}}"""));
            Assert.That(original.Metadata.Labels.ContainsKey("x"), Is.True);
        });
    }
}
