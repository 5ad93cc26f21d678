using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationCore.Tests.Rendering;

/// <summary>Servers before 1.21 refuse to apply a port that does not name its protocol.</summary>
public sealed class PortProtocolTests
{
    private const string Pod = """{"containers":[{"name":"a","ports":[{"containerPort":1},{"containerPort":1,"protocol":"UDP"}]},{"name":"b"}],"initContainers":[{"name":"i","ports":[{"containerPort":2}]}]}""";
    private const string PodWithProtocols = """{"containers":[{"name":"a","ports":[{"containerPort":1,"protocol":"TCP"},{"containerPort":1,"protocol":"UDP"}]},{"name":"b"}],"initContainers":[{"name":"i","ports":[{"containerPort":2,"protocol":"TCP"}]}]}""";

    [Test]
    public void Build_ServicePorts_AreTcpUnlessTheySayOtherwise() => Assert.That(
        Spec("", "Service", """{"ports":[{"port":80},{"port":53,"protocol":"UDP"},{"port":9,"protocol":null}]}"""),
        Is.EqualTo("""{"ports":[{"port":80,"protocol":"TCP"},{"port":53,"protocol":"UDP"},{"port":9,"protocol":"TCP"}]}"""));

    [TestCase("", "Pod", "SPEC")]
    [TestCase("", "ReplicationController", """{"template":{"spec":SPEC}}""")]
    [TestCase("apps", "Deployment", """{"template":{"spec":SPEC}}""")]
    [TestCase("apps", "ReplicaSet", """{"template":{"spec":SPEC}}""")]
    [TestCase("apps", "DaemonSet", """{"template":{"spec":SPEC}}""")]
    [TestCase("apps", "StatefulSet", """{"template":{"spec":SPEC}}""")]
    [TestCase("extensions", "Deployment", """{"template":{"spec":SPEC}}""")]
    [TestCase("batch", "Job", """{"template":{"spec":SPEC}}""")]
    [TestCase("batch", "CronJob", """{"jobTemplate":{"spec":{"template":{"spec":SPEC}}}}""")]
    public void Build_ContainerPorts_AreTcpUnlessTheySayOtherwise(string group, string kind, string spec) => Assert.That(
        Spec(group, kind, spec.Replace("SPEC", Pod, StringComparison.Ordinal)),
        Is.EqualTo(spec.Replace("SPEC", PodWithProtocols, StringComparison.Ordinal)));

    [TestCase("example.io", "Service")]
    [TestCase("example.io", "Deployment")]
    [TestCase("", "ConfigMap")]
    public void Build_PortsOfOtherTypes_AreLeftAlone(string group, string kind)
    {
        const string Given = """{"ports":[{"port":80}],"template":{"spec":{"containers":[{"ports":[{"containerPort":1}]}]}}}""";
        Assert.That(Spec(group, kind, Given), Is.EqualTo(Given));
    }

    [TestCase("", "Service", """{"ports":{"port":80}}""")]
    [TestCase("", "Service", """{"ports":[80,null,"http"]}""")]
    [TestCase("apps", "Deployment", """{"template":{"spec":7}}""")]
    [TestCase("apps", "Deployment", """{"template":{"spec":{"containers":[7,null,{"ports":7}]}}}""")]
    public void Build_OtherShapes_AreLeftToTheServer(string group, string kind, string given) => Assert.That(Spec(group, kind, given), Is.EqualTo(given));

    [Test]
    public void Build_PortsOfOverrides_GetAProtocolToo() => Assert.That(
        Spec("", "Service", """{"ports":[{"port":80}]}""", """{"op":"add","path":"/spec/ports/-","value":{"port":81}}"""),
        Is.EqualTo("""{"ports":[{"port":80,"protocol":"TCP"},{"port":81,"protocol":"TCP"}]}"""));

    private static string Spec(string group, string kind, string spec, string overrides = "")
    {
        var source = Federated.Of($$"""{"template":{"spec":{{spec}}},"overrides":[{"clusterName":"c1","clusterOverrides":[{{overrides}}]}]}""");
        var result = new DesiredObjectBuilder(source, new TargetDescription(new GroupVersionKind(group, "v1", kind), Namespaced: true)).Build("c1");
        Assert.That((result.Status, result.Error), Is.EqualTo((PropagationStatus.Ok, (string?)null)));
        return JsonNode.Parse(result.Object!.Utf8Json.Span)!["spec"]!.ToJsonString();
    }
}
