using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Apply;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Tests.Apply;

[TestFixture]
public sealed class FieldManagerUpdateTests
{
    [Test]
    public void Update_Create_OwnsEverythingButWhatTheServerSets()
    {
        var stored = new Stored().Update("curl", """{"replicas":1,"ports":[{"name":"x"}]}""", "\"uid\":\"1\",\"labels\":{\"a\":\"b\"},\"finalizers\":[\"f/x\"],\"generation\":1");
        Assert.That(stored.Fields("curl", "Update"), Is.EqualTo(
            """{"f:metadata":{"f:finalizers":{".":{},"v:\"f/x\"":{}},"f:labels":{".":{},"f:a":{}}},"f:spec":{".":{},"f:ports":{".":{},"k:{\"name\":\"x\"}":{".":{},"f:name":{}}},"f:replicas":{}}}"""));
    }

    [Test]
    public void Update_ByAnother_TakesOnlyWhatChanged()
    {
        var stored = new Stored().Update("a", """{"replicas":1,"note":"n"}""").Update("b", """{"replicas":2,"note":"n"}""");
        Assert.That(stored.Fields("a", "Update"), Is.EqualTo("""{"f:spec":{".":{},"f:note":{}}}"""));
        Assert.That(stored.Fields("b", "Update"), Is.EqualTo("""{"f:spec":{"f:replicas":{}}}"""));
        Assert.That(stored.Times(), Is.EqualTo("a/Update@01 b/Update@02"));
    }

    [Test]
    public void Update_OnlyRemoves_KeepsTimes()
    {
        var stored = new Stored().Update("a", """{"replicas":1,"note":"n"}""").Update("a", """{"replicas":1}""");
        Assert.That(stored.Fields("a", "Update"), Is.EqualTo("""{"f:spec":{".":{},"f:replicas":{}}}"""));
        Assert.That(stored.Times(), Is.EqualTo("a/Update@01"));
    }

    [Test]
    public void Update_EmptyEntry_ForgetsOwners()
    {
        var stored = new Stored().Update("a", """{"replicas":1}""").Update("a", """{"replicas":2}""", "\"managedFields\":[{}]");
        Assert.That(stored.Object!["metadata"]!.AsObject().ContainsKey("managedFields"), Is.False);
        stored.Update("a", """{"replicas":3}""");
        Assert.That(stored.Fields("a", "Update"), Is.Empty);
    }

    [TestCase("""[{"manager":"x","operation":"Bogus","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{}}]""")]
    [TestCase("""[{"manager":"x","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f":{}}}]""")]
    [TestCase("""[{"manager":"x","operation":"Update","apiVersion":"v1","fieldsV1":{"f:spec":{}}}]""")]
    [TestCase("""[{"manager":"x","operation":"Update","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{}}}]""")]
    [TestCase("\"text\"")]
    public void Update_InvalidManagedFields_KeepsTheStoredOnes(string sent)
    {
        var stored = new Stored().Update("a", """{"replicas":1}""").Update("a", """{"replicas":1}""", $"\"managedFields\":{sent}");
        Assert.That(stored.Fields("a", "Update"), Is.EqualTo("""{"f:spec":{".":{},"f:replicas":{}}}"""));
    }

    [Test]
    public void Update_ManagedFieldsSent_CountInPlaceOfTheStored()
    {
        var stored = new Stored().Update("a", """{"replicas":1,"note":"n"}""").Update("b", """{"replicas":1,"note":"n"}""",
            """
            "managedFields":[{"manager":"kubectl","operation":"Apply","apiVersion":"demo.example.dev/v1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:note":{}}}}]
            """);
        Assert.That(stored.Fields("kubectl"), Is.EqualTo("""{"f:spec":{"f:note":{}}}"""));
        Assert.That(stored.Fields("a", "Update"), Is.Empty);
    }

    [Test]
    public void Update_MoreThanTenManagers_JoinsTheOldest()
    {
        var stored = new Stored();
        var labels = new List<string>();
        for (var i = 0; i < 13; i++)
        {
            labels.Add($"\"l{i:00}\":\"x\"");
            stored.Update($"m{i:00}", $$"""{"labels": { {{string.Join(",", labels)}} } }""");
        }

        Assert.That(stored.Times(), Does.StartWith("ancient-changes/Update@04 m04/Update@05").And.EndWith("m12/Update@13"));
        Assert.That(stored.Fields("ancient-changes", "Update"), Is.EqualTo(
            """{"f:spec":{".":{},"f:labels":{".":{},"f:l00":{},"f:l01":{},"f:l02":{},"f:l03":{}}}}"""));
    }

    [Test]
    public void Update_BareMemberOfGranularMap_ComesToOwnItsContent()
    {
        var stored = new Stored().Update("a", """{"labels":{"x":"1"}}""").Update("b", """{"labels":{"x":"2"}}""").Update("b", """{"labels":{"x":"2"}}""");
        Assert.That(stored.Fields("a", "Update"), Is.EqualTo("""{"f:spec":{".":{},"f:labels":{".":{},"f:x":{}}}}"""));
    }

    [Test]
    public void Update_ResetFields_AreNobodys()
    {
        var write = Widgets.By("a") with { ResetFields = ResetFields.Main };
        var updated = Widgets.Of("""{"replicas":1}""");
        updated["status"] = new JsonObject { ["phase"] = "Up" };
        var stored = new Stored().Update(write, updated);
        Assert.That(stored.Fields("a", "Update"), Is.EqualTo("""{"f:spec":{".":{},"f:replicas":{}}}"""));
    }

    [Test]
    public void Apply_StatusSubresource_OwnsOnlyStatus()
    {
        var config = Widgets.Of("""{"replicas":9}""", "\"labels\":{\"a\":\"b\"}");
        config["status"] = new JsonObject { ["phase"] = "Up" };
        var write = Widgets.By("ctl") with { Subresource = "status", ResetFields = ResetFields.Status(Widgets.Schema) };
        var stored = new Stored().Update("a", """{"replicas":1}""").Apply(write, config);
        Assert.That(stored.Fields("ctl"), Is.EqualTo("""{"f:status":{"f:phase":{}}}"""));
        Assert.That((string?)stored.Object!["metadata"]!["managedFields"]![0]!["subresource"], Is.EqualTo("status"));
        config["status"]!["phase"] = "Down";
        var e = Assert.Throws<StatusException>(() => stored.Apply(Widgets.By("other"), config));
        Assert.That(e!.Message, Does.Contain("conflict with \"ctl\" with subresource \"status\": .status.phase"));
    }

    [Test]
    public void Apply_Kubectl_TakesOverWhatItAppliedBefore()
    {
        var last = """{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"replicas":1}}""";
        var annotation = new JsonObject { ["kubectl.kubernetes.io/last-applied-configuration"] = last };
        var stored = new Stored().Update("kubectl-client-side-apply", """{"replicas":1,"note":"n"}""", $"\"annotations\":{annotation.ToJsonString()}");
        stored.Apply("kubectl", """{"replicas":2}""");
        Assert.That(stored.Fields("kubectl"), Is.EqualTo("""{"f:spec":{"f:replicas":{}}}"""));
        Assert.That((string?)stored.Object!["metadata"]!["annotations"]!["kubectl.kubernetes.io/last-applied-configuration"], Is.EqualTo(
            """{"apiVersion":"demo.example.dev/v1","kind":"Widget","metadata":{"name":"a","namespace":"default"},"spec":{"replicas":2}}""" + "\n"));
        Assert.Throws<StatusException>(() => stored.Apply("kubectl", """{"note":"other"}"""));
        Assert.Throws<StatusException>(() => stored.Apply("flux", """{"replicas":3}"""));
    }

    [Test]
    public void Apply_SeveralVersions_KeepTheirOwnAndDropUnknownFields()
    {
        var v2 = Widgets.Parse("""{"type":"object","properties":{"spec":{"type":"object","properties":{"replicas":{"type":"integer"},"note":{"type":"string"}}}}}""");
        var manager = new FieldManager(new Dictionary<string, StructuralSchema>(StringComparer.Ordinal)
        {
            [Widgets.Version] = Widgets.Schema,
            ["demo.example.dev/v2"] = v2,
        });
        var config = Widgets.Of("""{"note":"n"}""");
        config["apiVersion"] = "demo.example.dev/v2";
        var stored = new Stored(manager).Apply("a", """{"on":true,"note":"n"}""").Apply(Widgets.By("b", 9) with { ApiVersion = "demo.example.dev/v2" }, config);
        var entries = stored.Object!["metadata"]!["managedFields"]!.AsArray();
        Assert.That(entries.Select(e => (string?)e!["apiVersion"]), Is.EqualTo([Widgets.Version, "demo.example.dev/v2"]));
        stored.Apply("a", """{"on":true}""");
        Assert.That(stored.Spec, Is.EqualTo("""{"note":"n","on":true}""").Or.EqualTo("""{"on":true,"note":"n"}"""));
    }

    [Test]
    public void SameButTimes_TimesOnly_IsTrue()
    {
        var a = new Stored().Update("a", """{"replicas":1}""").Object!;
        var b = (JsonObject)a.DeepClone();
        b["metadata"]!["managedFields"]![0]!["time"] = "2030-01-01T00:00:00Z";
        Assert.That(FieldManager.SameButTimes(a, b));
        b["spec"]!["replicas"] = 2;
        Assert.That(FieldManager.SameButTimes(a, b), Is.False);
    }

    [Test]
    public void ScaleFields_WriteOfScale_StealsReplicas()
    {
        var paths = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [Widgets.Version] = ["spec", "replicas"] };
        var main = new Stored().Apply("a", """{"replicas":1,"note":"n"}""").Object!["metadata"]!["managedFields"];
        var scale = new JsonObject { ["apiVersion"] = "autoscaling/v1", ["metadata"] = new JsonObject { ["uid"] = "1", ["managedFields"] = ScaleFields.ToScale(main, paths) }, ["spec"] = new JsonObject { ["replicas"] = 1 } };
        var updated = (JsonObject)scale.DeepClone();
        updated["spec"]!["replicas"] = 5;
        var manager = new FieldManager(new Dictionary<string, StructuralSchema>(StringComparer.Ordinal) { [ScaleFields.ApiVersion] = ScaleFields.Schema });
        var after = manager.Update(scale, updated, new FieldWrite { Manager = "hpa", ApiVersion = ScaleFields.ApiVersion, Subresource = "scale", Now = Widgets.Start });
        var result = ScaleFields.ToMain(main, after, paths, Widgets.Version)!;
        Assert.That(result.Select(e => $"{e!["manager"]} {e["operation"]} {e["subresource"]} {e["apiVersion"]} {e["fieldsV1"]!.ToJsonString()}"), Is.EqualTo([
            "a Apply  demo.example.dev/v1 {\"f:spec\":{\"f:note\":{}}}",
            "hpa Update scale demo.example.dev/v1 {\"f:spec\":{\"f:replicas\":{}}}"]));
    }
}
