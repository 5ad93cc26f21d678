using KubeFed.ComponentBase.Options;
using KubeFed.FederationApiServer.Options;
using System.CommandLine;

namespace KubeFed.FederationApiServer.Tests.Options;

[TestFixture]
public sealed class ApiServerProgramOptionsTests
{
    [Test]
    public void Read_WithoutFlags_IsSqliteBehindTheHost()
    {
        var (options, errors) = Read();

        Assert.Multiple(() =>
        {
            Assert.That(errors, Is.Empty);
            Assert.That(options.Storage.Backend, Is.EqualTo(StorageBackend.Sqlite));
            Assert.That(options.Serving.Address, Is.EqualTo(new ListenAddress(null, 8443)));
            Assert.That(options.Host.Standalone, Is.False);
            Assert.That(options.Host.FederationNamespace, Is.EqualTo("kube-federation-system"));
        });
    }

    [Test]
    public void Read_EtcdServers_TakesCommasAndRepetition()
    {
        var (options, errors) = Read("--storage-backend", "etcd", "--etcd-servers", "https://a:2379,https://b:2379", "--etcd-servers", "https://c:2379", "--etcd-prefix", "/kubefed");

        Assert.Multiple(() =>
        {
            Assert.That(errors, Is.Empty);
            Assert.That(options.Storage.Etcd.Endpoints, Is.EqualTo(new[] { "https://a:2379", "https://b:2379", "https://c:2379" }));
            Assert.That(options.Storage.Etcd.Prefix, Is.EqualTo("/kubefed"));
        });
    }

    [TestCase("--etcd-servers must be set with --storage-backend=etcd", "--storage-backend", "etcd")]
    [TestCase("--bind-address here is not an IP address", "--bind-address", "here")]
    [TestCase("--secure-port 70000 is not a port", "--secure-port", "70000")]
    [TestCase("--tls-cert-file and --tls-private-key-file must be set together", "--tls-cert-file", "a.crt")]
    [TestCase("--history-window must be at least 1m15s: clients resume watches after more than a minute", "--history-window", "1m")]
    [TestCase("--standalone means that there is no host cluster: leave --kubeconfig and --host-cluster-context out", "--standalone", "--kubeconfig", "f")]
    [TestCase("--max-requests-inflight and --max-mutating-requests-inflight must be positive", "--max-requests-inflight", "0")]
    public void Read_WhatCannotBe_SaysWhichFlagAndWhy(string expected, params string[] arguments)
    {
        var (_, errors) = Read(arguments);

        Assert.That(errors, Is.EqualTo(new[] { expected }));
    }

    private static (ApiServerProgramOptions Options, IReadOnlyList<string> Errors) Read(params string[] arguments)
    {
        var options = new ApiServerProgramOptions();
        var command = new RootCommand();
        options.AddFlags(command);
        return (options, OptionGroups.Read(command.Parse(arguments), options));
    }
}
