using KubeFed.ApiMachinery.Identity;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;
using KubeFed.Kubefedctl.Tests.Fakes;
using KubeFed.TestSupport.Golden;

namespace KubeFed.Kubefedctl.Tests.Cli;

/// <summary>What each command prints where, and its exit code, as scripts see it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OutputTests
{
    [TestCase("join", "join cluster1")]
    [TestCase("join-again", "join cluster1", "join cluster1", "join cluster1 --error-on-existing=false")]
    [TestCase("join-dry-run", "join cluster1 --dry-run")]
    [TestCase("join-no-context", "join nowhere")]
    [TestCase("unjoin", "join cluster1", "unjoin cluster1")]
    [TestCase("unjoin-unknown", "unjoin cluster1", "unjoin cluster1 --force")]
    [TestCase("unjoin-cleanup", "join cluster1", "enable configmaps", "unjoin cluster1 --cleanup")]
    [TestCase("enable", "enable deployments.apps", "enable deployments.apps", "enable deployments.apps --federated-group other.example.com")]
    [TestCase("enable-dry-run", "enable deployments.apps --dry-run")]
    [TestCase("enable-equivalent", "enable ingresses.networking.k8s.io", "enable ingresses.extensions")]
    [TestCase("enable-unknown", "enable deploymnets", "enable widgets")]
    [TestCase("disable", "enable deployments.apps", "disable deployments.apps", "disable deployments.apps --delete-crd", "disable deployments.apps --delete-crd")]
    [TestCase("federate", "enable configmaps", "federate configmap settings -n shop", "federate configmap settings -n shop")]
    [TestCase("federate-yaml", "federate configmap settings -n shop -o yaml")]
    [TestCase("federate-contents", "federate namespace shop --contents", "federate namespace shop --contents --enable-type --dry-run", "federate namespace shop --contents --enable-type --skip-api-resources secrets")]
    [TestCase("orphaning-deletion", "orphaning-deletion status fcm old -n shop", "orphaning-deletion enable fcm old -n shop", "orphaning-deletion status fcm old -n shop", "orphaning-deletion disable fcm old -n shop")]
    public async Task Output_OfCommands_IsAsRecorded(string name, params string[] commands)
    {
        var federation = Create();
        var transcript = new StringWriter { NewLine = "\n" };
        foreach (var command in commands)
        {
            var code = await federation.RunAsync(command.Split(' '));
            await transcript.WriteLineAsync($"$ kubefedctl {command}");
            await WriteAsync(transcript, "stdout", federation.Out);
            await WriteAsync(transcript, "stderr", federation.Error);
            await transcript.WriteLineAsync($"exit code {code}");
            await transcript.WriteLineAsync();
        }

        GoldenFile.Match($"output-{name}.txt", transcript.ToString());
    }

    private static async Task WriteAsync(StringWriter transcript, string stream, string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Where(static l => l.Length > 0))
        {
            await transcript.WriteLineAsync($"{stream}: {line}");
        }
    }

    private static FakeFederation Create()
    {
        var federation = new FakeFederation();
        federation.SetEndpoint("cluster1", new ClusterEndpoint { Server = "https://cluster1.example.com:6443", CaBundle = "PEM"u8.ToArray() });
        federation.Mapper.Resources.Add(FakeRestMapper.Namespaced("extensions", "v1beta1", "ingresses", "Ingress"));
        federation.Mapper.Resources.Add(FakeRestMapper.Namespaced("types.kubefed.io", "v1beta1", "federatedconfigmaps", "FederatedConfigMap", "fcm"));
        federation.Host.Put(KubeResources.Namespaces, """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        federation.Host.Put(
            new GroupVersionResource("", "v1", "configmaps"),
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop","labels":{"app":"web"},"annotations":{"team":"a"},"uid":"u"},"data":{"mode":"fast"}}""");
        federation.Host.Put(
            KubeResources.Secrets, """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"password","namespace":"shop"},"data":{"p":"cA=="}}""");
        federation.Host.Put(
            new GroupVersionResource("types.kubefed.io", "v1beta1", "federatedconfigmaps"),
            """{"apiVersion":"types.kubefed.io/v1beta1","kind":"FederatedConfigMap","metadata":{"name":"old","namespace":"shop"}}""");
        federation.Member.Put(
            new GroupVersionResource("", "v1", "configmaps"),
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"copy","namespace":"shop","labels":{"kubefed.io/managed":"true"}}}""");
        return federation;
    }
}
