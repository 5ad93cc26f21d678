using KubeFed.Conformance.Kubectl;
using KubeFed.Conformance.Servers;
using KubeFed.TestSupport.Clusters;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Processes;

namespace KubeFed.Conformance.OtherClients;

/// <summary>
/// Programs in other languages, on the libraries that people use there, list, watch, create, patch, apply and delete on our server. What
/// they print is the same as on a kube-apiserver.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class OtherClientsTests
{
    private string _reference = null!;
    private StandaloneServer _standalone = null!;

    private static string Folder => Repository.Combine("test", "Conformance", "OtherClients", "testdata");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var standalone = StandaloneServer.StartAsync();
        _reference = (await ClusterPool.GetAsync(new ClusterSetOptions { Members = 0 })).Host.KubeconfigPath;
        _standalone = await standalone;
        await SessionServers.InstallDefinitionsAsync(_reference);
        await SessionServers.InstallDefinitionsAsync(_standalone.KubeconfigPath);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_standalone is not null)
        {
            await _standalone.DisposeAsync();
        }
    }

    [Test]
    public Task PythonDynamicClient_OnTheStandaloneServer_SeesWhatItSeesOnTheReference() => CompareAsync(
        "python-client",
        "/usr/bin/python3",
        "client.py",
        new Dictionary<string, string?> { ["PYTHONPATH"] = TestBed.Require("python"), ["PYTHONDONTWRITEBYTECODE"] = "1" });

    [Test]
    public Task NodeClient_OnTheStandaloneServer_SeesWhatItSeesOnTheReference() => CompareAsync(
        "node-client", "node", "client.mjs", new Dictionary<string, string?> { ["NODE_CLIENT"] = TestBed.Require("node") });

    private async Task CompareAsync(string ns, string program, string script, Dictionary<string, string?> environment)
    {
        var outputs = await Task.WhenAll(new[] { _reference, _standalone.KubeconfigPath }.Select(async kubeconfig =>
        {
            (await AdminKubectl.RunAsync(kubeconfig, null, "create", "namespace", ns)).EnsureSuccess();
            var options = new ProcessOptions { Environment = environment };
            var result = await ProcessRunner.RunAsync(program, [Path.Combine(Folder, script), kubeconfig, ns], options);
            return result.EnsureSuccess().Output;
        }));
        await TestContext.Out.WriteLineAsync(outputs[0]);
        Assert.That(outputs[1], Is.EqualTo(outputs[0]));
        Assert.That(outputs[0], Does.Contain("watched DELETED"));
    }
}
