using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiMachinery.Tests.Apply;

[TestFixture]
public sealed class FieldManagerApplyTests
{
    [Test]
    public void Apply_Missing_CreatesAndOwnsWhatItNames()
    {
        var stored = new Stored().Apply("a", """{"replicas":1,"labels":{"x":"1"},"set":["p"],"ports":[{"name":"http","port":80}],"atomicList":["z"],"nested":{"a":"1"}}""");
        Assert.That(stored.Changed);
        Assert.That(
            stored.Fields("a"),
            Is.EqualTo("""{"f:spec":{"f:atomicList":{},"f:labels":{"f:x":{}},"f:nested":{"f:a":{}},"f:ports":{"k:{\"name\":\"http\"}":{".":{},"f:name":{},"f:port":{}}},"f:replicas":{},"f:set":{"v:\"p\"":{}}}}"""));
    }

    [Test]
    public void Apply_Again_ChangesNothing()
    {
        var stored = new Stored().Apply("a", """{"replicas":1}""");
        var before = stored.Object!.ToJsonString();
        stored.Apply("a", """{"replicas":1}""");
        Assert.That(stored.Changed, Is.False);
        Assert.That(stored.Object!.ToJsonString(), Is.EqualTo(before));
    }

    [Test]
    public void Apply_FieldLeftOut_IsRemovedIfNobodyElseOwnsIt()
    {
        var stored = new Stored().Apply("a", """{"replicas":1,"note":"n","nested":{"a":"1"}}""").Apply("b", """{"note":"n"}""").Apply("a", """{"replicas":1}""");
        Assert.That(stored.Spec, Is.EqualTo("""{"replicas":1,"note":"n"}"""));
        Assert.That(stored.Fields("a"), Is.EqualTo("""{"f:spec":{"f:replicas":{}}}"""));
        Assert.That(stored.Fields("b"), Is.EqualTo("""{"f:spec":{"f:note":{}}}"""));
    }

    [Test]
    public void Apply_OtherOwnsAnotherValue_Conflicts()
    {
        var stored = new Stored().Update("curl", """{"replicas":1}""");
        var e = Assert.Throws<StatusException>(() => stored.Apply("a", """{"replicas":2}"""));
        Assert.That(e!.Message, Is.EqualTo("Apply failed with 1 conflict: conflict with \"curl\" using demo.example.dev/v1: .spec.replicas"));
        Assert.That(e.Status.Details!.Causes![0], Is.EqualTo(new StatusCause
        {
            Reason = "FieldManagerConflict",
            Message = "conflict with \"curl\" using demo.example.dev/v1",
            Field = ".spec.replicas",
        }));
    }

    [Test]
    public void Apply_Forced_TakesFieldsFromOthers()
    {
        var stored = new Stored().Update("curl", """{"replicas":1,"note":"n"}""").Apply("a", """{"replicas":2}""", force: true);
        Assert.That(stored.Fields("curl", "Update"), Is.EqualTo("""{"f:spec":{".":{},"f:note":{}}}"""));
        Assert.That(stored.Fields("a"), Is.EqualTo("""{"f:spec":{"f:replicas":{}}}"""));
    }

    [Test]
    public void Apply_SeveralConflicts_AreGroupedByManager()
    {
        var stored = new Stored()
            .Apply("m1", """{"note":"x","replicas":1,"ports":[{"name":"http","port":80}]}""")
            .Apply("m2", """{"on":true}""");
        var e = Assert.Throws<StatusException>(() => stored.Apply("a", """{"note":"y","on":false,"replicas":2,"ports":[{"name":"http","port":81}]}"""));
        Assert.That(e!.Message, Is.EqualTo("""
            Apply failed with 4 conflicts: conflicts with "m1":
            - .spec.note
            - .spec.replicas
            - .spec.ports[name="http"].port
            conflicts with "m2":
            - .spec.on
            """));
    }

    [Test]
    public void Apply_UndeclaredField_Fails()
    {
        var e = Assert.Throws<StatusException>(() => new Stored().Apply("a", """{"bogus":1}"""));
        Assert.That(e!.Message, Is.EqualTo(
            "failed to create typed patch object (default/a; demo.example.dev/v1, Kind=Widget): .spec.bogus: field not declared in schema"));
        Assert.That(e.Status.Code, Is.EqualTo(500));
    }

    [Test]
    public void Apply_ManagedFieldsInConfig_Fails()
    {
        var e = Assert.Throws<StatusException>(() => new Stored().Apply("a", "{}", metadata: "\"managedFields\":[]"));
        Assert.That((e!.Status.Code, e.Message), Is.EqualTo((400, "metadata.managedFields must be nil")));
    }

    [TestCase("""{"set":["a","a"]}""", ".spec.set: duplicate entries for key [=\"a\"]")]
    [TestCase("""{"ports":[{"name":"a"},{"name":"a"}]}""", ".spec.ports: duplicate entries for key [name=\"a\"]")]
    [TestCase("""{"ports":[{"port":1}]}""", ".spec.ports: element 0: associative list with keys has an element that omits key field \"name\" (and doesn't have default value)")]
    [TestCase("""{"replicas":"1"}""", ".spec.replicas: expected numeric (int or float), got &value.valueUnstructured{Value:\"1\"}")]
    [TestCase("""{"note":1}""", ".spec.note: expected string, got &value.valueUnstructured{Value:1}")]
    [TestCase("""{"nested":["x",1]}""", ".spec.nested: expected map, got &{[x 1]}")]
    [TestCase("""{"set":{"a":1}}""", ".spec.set: expected list, got &{map[a:1]}")]
    [TestCase("""{"x":1,"nested":{"y":1}}""", "errors:\n  .spec.x: field not declared in schema\n  .spec.nested.y: field not declared in schema")]
    public void Apply_ConfigThatDoesNotFit_Fails(string spec, string fault)
    {
        var e = Assert.Throws<StatusException>(() => new Stored().Apply("a", spec));
        Assert.That(e!.Message, Does.EndWith("Kind=Widget): " + fault));
    }

    [TestCase("""["a","b","c"]""", """["c","x","a"]""", """["b","c","x","a"]""")]
    [TestCase("""["a","b","c"]""", """["x","b"]""", """["a","x","b","c"]""")]
    [TestCase("""["a","b","c"]""", """["d"]""", """["a","b","c","d"]""")]
    [TestCase("""["a","b"]""", """["b","a"]""", """["b","a"]""")]
    [TestCase("""["a","1","b","2","c"]""", """["c","b","a"]""", """["1","2","c","b","a"]""")]
    [TestCase("""["a","a","b"]""", """["a","c"]""", """["a","c","b"]""")]
    public void Apply_Set_WeavesItsOrderIntoTheLists(string live, string config, string expected)
    {
        var stored = new Stored().Update("u", $$"""{"set":{{live}}}""").Apply("a", $$"""{"set":{{config}}}""", force: true);
        Assert.That(stored.Spec, Is.EqualTo($$"""{"set":{{expected}}}"""));
    }

    [Test]
    public void Apply_KeyLeftOut_UsesItsDefault()
    {
        var stored = new Stored()
            .Apply("a", """{"endpoints":[{"port":80,"protocol":"TCP","host":"x"},{"port":80,"protocol":"UDP","host":"y"}]}""")
            .Apply("b", """{"endpoints":[{"port":80,"host":"x"}]}""");
        Assert.That(stored.Fields("b"), Is.EqualTo("""{"f:spec":{"f:endpoints":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:host":{},"f:port":{}}}}}"""));
        Assert.That(stored.Object!["spec"]!["endpoints"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public void Apply_ItemWithUnownedContent_IsRemovedWhole()
    {
        var stored = new Stored().Apply("a", """{"ports":[{"name":"x"},{"name":"y"}]}""");
        stored.Object!["spec"]!["ports"]![0]!["port"] = 8080;
        stored.Apply("a", """{"ports":[{"name":"y"}]}""");
        Assert.That(stored.Spec, Is.EqualTo("""{"ports":[{"name":"y"}]}"""));
    }

    [Test]
    public void Apply_NoOwnersRecorded_GivesTheRestToBeforeFirstApply()
    {
        var stored = new Stored().Update("u", """{"replicas":1,"note":"n"}""");
        _ = stored.Object!["metadata"]!.AsObject().Remove("managedFields");
        stored.Apply("a", """{"note":"n"}""");
        Assert.That(stored.Fields("before-first-apply", "Update"), Is.EqualTo("""{"f:spec":{".":{},"f:note":{},"f:replicas":{}}}"""));
        Assert.That(stored.Changed);
    }

    [Test]
    public void Apply_SameValueByAnother_SharesAndKeepsTimes()
    {
        var stored = new Stored().Apply("a", """{"replicas":1}""").Apply("b", """{"replicas":1}""").Apply("a", """{"replicas":1}""");
        Assert.That(stored.Times(), Is.EqualTo("a/Apply@01 b/Apply@02"));
        Assert.That(stored.Changed, Is.False);
    }

    [Test]
    public void Apply_FreeForm_IsGranularInMapsOnly()
    {
        var stored = new Stored().Apply("a", """{"free":{"m":{"x":1},"l":[1,{"y":2}],"e":{},"n":null},"template":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","labels":{"q":"r"}},"any":{"b":1}}}""");
        Assert.That(stored.Fields("a"), Is.EqualTo(
            """{"f:spec":{"f:free":{"f:e":{},"f:l":{},"f:m":{".":{},"f:x":{}},"f:n":{}},"f:template":{"f:any":{".":{},"f:b":{}},"f:apiVersion":{},"f:kind":{},"f:metadata":{"f:labels":{"f:q":{}},"f:name":{}}}}}"""));
    }
}
