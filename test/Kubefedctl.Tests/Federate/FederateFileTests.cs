using KubeFed.ApiMachinery.Yaml;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Federate;
using KubeFed.Kubefedctl.Tests.Fakes;
using KubeFed.TestSupport.Golden;
using KubeFed.TestSupport.IO;

namespace KubeFed.Kubefedctl.Tests.Federate;

[Parallelizable(ParallelScope.All)]
public sealed class FederateFileTests
{
    private const string Manifests = """
        # A namespace and what is in it.
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          namespace: shop
          labels: {app: web}
          annotations: {team: a}
        spec:
          clusterIP: 10.0.0.1
          ports: [{port: 80, nodePort: 30080}]
        status: {loadBalancer: {}}
        ---
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: reader
        rules:
        - {apiGroups: [""], resources: [pods], verbs: [get]}
        """;

    [Test]
    public async Task File_ManyDocuments_PrintsTheirFederatedForm()
    {
        using var folder = new TempFolder();
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("federate", "-f", folder.Write("manifests.yaml", Manifests)), Is.Zero, federation.Error);

        GoldenFile.Match("federate-file.yaml", federation.Out);
        Assert.That(federation.Error.Trim(), Is.EqualTo("Warning: the annotations team of service/web are left out; add to spec.template.metadata.annotations those that every copy should carry"));
        Assert.That(federation.Host.Calls, Is.Empty, "no cluster is asked");
    }

    [Test]
    public async Task File_Dash_IsStandardInput()
    {
        var federation = new FakeFederation { In = Manifests };

        Assert.That(await federation.RunAsync("federate", "-f", "-", "-o", "yaml"), Is.Zero, federation.Error);

        Assert.That(
            KubeYaml.ReadDocuments(federation.Out).Select(d => (string?)d["kind"]),
            Is.EqualTo(new[] { "FederatedNamespace", "FederatedService", "FederatedClusterRole" }));
    }

    [Test]
    public async Task File_ListOfKubectl_IsTakenApart()
    {
        var federation = new FakeFederation
        {
            In = """{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"x"}},{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}]}""",
        };

        Assert.That(await federation.RunAsync("federate", "--filename=-"), Is.Zero, federation.Error);

        Assert.That(
            KubeYaml.ReadDocuments(federation.Out).Select(d => ((string?)d["metadata"]!["namespace"], (string?)d["metadata"]!["name"])),
            Is.EqualTo(new[] { ("x", "a"), (null, "b") }));
    }

    [TestCase("", "standard input: there is no object in it")]
    [TestCase("kind: ConfigMap", "standard input: document 1: ")]
    [TestCase("apiVersion: v1\nkind: ConfigMap\nmetadata: {}", "standard input: document 1: ConfigMap has no metadata.name")]
    [TestCase("apiVersion: v1\nkind: List\nitems: [{}]", "standard input: document 1: items[0]: ")]
    [TestCase("a: [", "standard input: ")]
    [TestCase("- a", "standard input: document 1: ")]
    [TestCase("apiVersion: types.kubefed.io/v1beta1\nkind: FederatedConfigMap\nmetadata: {name: a}", "is an object of the federation itself, which cannot be federated")]
    public async Task File_NoObjects_IsAnErrorThatNamesTheDocument(string text, string message)
    {
        var federation = new FakeFederation { In = text };

        Assert.That(await federation.RunAsync("federate", "-f", "-"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.StartWith("Error: ").And.Contain(message));
        Assert.That(federation.Error.Trim(), Does.Not.Contain("\n"));
        Assert.That(federation.Out, Is.Empty);
    }

    [Test]
    public async Task File_Missing_IsAnErrorThatNamesIt()
    {
        var federation = new FakeFederation();

        Assert.That(await federation.RunAsync("federate", "-f", "/nowhere/manifests.yaml"), Is.EqualTo(1));

        Assert.That(federation.Error, Does.StartWith("Error: /nowhere/manifests.yaml: cannot be read: "));
    }

    [FsCheck.NUnit.Property]
    public bool Parse_AnyText_GivesObjectsOrASentence(string? text)
    {
        try
        {
            return FileFederator.Parse(text ?? "", "input").Count > 0;
        }
        catch (UserException e)
        {
            return e.Message.StartsWith("input: ", StringComparison.Ordinal);
        }
    }
}
