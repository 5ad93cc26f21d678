using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationControllerManager.Scheduling.Application;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Application;

public sealed class ScheduleRemovalTests
{
    private const string Record = """{"clusters":{"a":{"/spec/replicas":6},"b":{"/spec/replicas":3}},"placed":["a","b"],"replaced":{"a":[{"path":"/spec/replicas","value":2}]}}""";

    [Test]
    public void Remove_WhatTheUserHad_IsLeftAsItWas()
    {
        var removed = Remove(
            """
            {"template":{},"placement":{"clusterSelector":{},"clusters":[{"name":"a"},{"name":"b"}]},"overrides":[
            {"clusterName":"a","clusterOverrides":[{"path":"/spec/paused","value":true},{"path":"/spec/replicas","value":6}]},
            {"clusterName":"b","clusterOverrides":[{"path":"/spec/replicas","value":3}]}]}
            """,
            """
            {"f:spec":{"f:placement":{".":{},"f:clusterSelector":{}},"f:overrides":{".":{},"k:{\"clusterName\":\"a\"}":{".":{},"f:clusterOverrides":{".":{},"k:{\"path\":\"/spec/paused\"}":{}}}}}}
            """);
        Assert.That(removed["spec"]!.ToJsonString(), Is.EqualTo(
            """{"template":{},"placement":{"clusterSelector":{}},"overrides":[{"clusterName":"a","clusterOverrides":[{"path":"/spec/paused","value":true},{"path":"/spec/replicas","value":2}]}]}"""));
        Assert.That(removed["metadata"]!["annotations"], Is.Null);
        Assert.That(removed["metadata"]!["managedFields"]!.AsArray().Select(static f => (string?)f!["manager"]), Is.EqualTo(["user"]));
    }

    [Test]
    public void Remove_WhatNobodyElseHad_IsGone() => Assert.That(
        Remove(
            """{"template":{},"placement":{"clusters":[{"name":"b"}]},"overrides":[{"clusterName":"b","clusterOverrides":[{"path":"/spec/replicas","value":3}]}]}""",
            """{"f:spec":{"f:template":{}}}""")["spec"]!.ToJsonString(),
        Is.EqualTo("""{"template":{}}"""));

    [Test]
    public void Remove_ClustersThatTheUserListsToo_Stay() => Assert.That(
        Remove(
            """{"placement":{"clusters":[{"name":"a"},{"name":"b"}]},"overrides":[]}""",
            """{"f:spec":{"f:placement":{"f:clusters":{"k:{\"name\":\"b\"}":{".":{},"f:name":{}}}},"f:overrides":{}}}""")["spec"]!.ToJsonString(),
        Is.EqualTo("""{"placement":{"clusters":[{"name":"b"}]},"overrides":[]}"""));

    private static JsonObject Remove(string spec, string users) => ScheduleRemoval.Remove(KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "types.kubefed.io/v1beta1",
        ["kind"] = "FederatedDeployment",
        ["metadata"] = new JsonObject
        {
            ["name"] = "web",
            ["namespace"] = "ns",
            ["annotations"] = new JsonObject { ["scheduling.kubefed.io/replica-scheduler"] = Record },
            ["managedFields"] = new JsonArray(
                new JsonObject { ["manager"] = "user", ["operation"] = "Update", ["fieldsV1"] = JsonNode.Parse(users) },
                new JsonObject { ["manager"] = "replica-scheduler", ["operation"] = "Apply", ["fieldsV1"] = new JsonObject() }),
        },
        ["spec"] = JsonNode.Parse(spec),
    }));
}
