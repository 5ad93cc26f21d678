using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Certificates;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.KubeClient.Tests.Certificates;

[Parallelizable(ParallelScope.All)]
public sealed class CertificateKeeperTests
{
    private const string Empty = """{"apiVersion":"v1","kind":"Secret","metadata":{"namespace":"ns","name":"certificate"},"type":"Opaque"}""";
    private const string Service = """{"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService","metadata":{"name":"v1.a.io"},"spec":{"group":"a.io"}}""";

    [TestCase(true)]
    [TestCase(false)]
    public async Task Reconcile_First_FillsSecretPublishesAndServes(bool secretIsThere)
    {
        var host = new FakeHost();
        host.Put("apiservices", Service);
        if (secretIsThere)
        {
            host.Put("secrets", Empty);
        }

        var (keeper, serving) = Keeper(host);
        Assert.That(keeper.WhyNotReady, Is.Not.Null);
        Assert.That(await keeper.ReconcileAsync(CancellationToken.None), Is.True);

        var state = CertificateSecret.Read(host.Find("secrets", "certificate"));
        Assert.That(Published(host), Is.EqualTo(state.Bundle));
        Assert.That(Served(serving), Is.EqualTo(state.Leaf!.CertificatePem.Trim()));
        Assert.That(keeper.WhyNotReady, Is.Null);
    }

    [Test]
    public async Task Reconcile_TwoReplicas_ServeTheSame()
    {
        var host = new FakeHost();
        host.Put("apiservices", Service);
        var (first, firstServing) = Keeper(host);
        var (second, secondServing) = Keeper(host);
        Task? race = null;
        host.Before = verb =>
        {
            if (verb == "create" && race is null)
            {
                race = Task.CompletedTask;
                race = second.ReconcileAsync(CancellationToken.None);
            }
        };
        await first.ReconcileAsync(CancellationToken.None);
        Assert.That(race, Is.Not.Null);
        await race!;
        Assert.That(Served(firstServing), Is.EqualTo(Served(secondServing)));
    }

    [Test]
    public async Task Reconcile_PlaceToPublishMissing_ServesAndAsksToBeCalledAgain()
    {
        var host = new FakeHost();
        var (keeper, _) = Keeper(host);
        Assert.That(await keeper.ReconcileAsync(CancellationToken.None), Is.False);
        host.Put("apiservices", Service);
        Assert.That(await keeper.ReconcileAsync(CancellationToken.None), Is.True);
        Assert.That(Published(host), Is.Not.Empty);
    }

    [Test]
    public async Task Reconcile_CannotPublish_ServesWhatItServed()
    {
        var host = new FakeHost();
        host.Put("apiservices", Service);
        var (keeper, serving) = Keeper(host);
        var before = Served(serving);
        host.Before = static verb =>
        {
            if (verb == "patch")
            {
                throw StatusErrors.Forbidden(new GroupResource("apiregistration.k8s.io", "apiservices"), "v1.a.io", "no");
            }
        };
        await Assert.ThatAsync(() => keeper.ReconcileAsync(CancellationToken.None), Throws.InstanceOf<StatusException>());
        Assert.That(Served(serving), Is.EqualTo(before));
        Assert.That(keeper.WhyNotReady, Is.Not.Null);
    }

    [Test]
    public void Secret_WrittenAndRead_HoldsTheSameState()
    {
        var pair = CertificateMaker.MakeAuthority("a", TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        var until = new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var state = new CertificateRotationState
        {
            Authority = pair,
            Next = pair,
            NextPublished = until,
            Leaf = pair,
            Retired = [new RetiredAuthority(pair.CertificatePem, until), new RetiredAuthority("another", until)],
        };
        var secret = JsonNode.Parse(Empty)!;
        secret["data"] = CertificateSecret.Write(state);
        var read = CertificateSecret.Read(KubeObject.FromNode(secret));
        Assert.That(read with { Retired = state.Retired }, Is.EqualTo(state));
        Assert.That(read.Retired, Is.EqualTo(state.Retired));
    }

    private static (CertificateKeeper Keeper, ServingCertificate Serving) Keeper(FakeHost host)
    {
        var time = TimeProvider.System;
        var rotation = new CertificateRotation(new CertificateRotationOptions { Hosts = ["kubefed-apiserver.ns.svc"] });
        var serving = new ServingCertificate(rotation.Step(CertificateRotationState.Empty, time.GetUtcNow()).State.Leaf!, time, NullLogger.Instance);
        return (new CertificateKeeper(host, new NamespacedName("ns", "certificate"), "server", new Publisher(host), rotation, serving, time, NullLogger.Instance), serving);
    }

    private static string Published(FakeHost host) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(host.Find("apiservices", "v1.a.io")!.GetString("spec", "caBundle") ?? ""));

    private static string Served(ServingCertificate serving) => serving.Current.TargetCertificate.ExportCertificatePem();

    /// <summary>Publishes in an object that may be missing.</summary>
    private sealed class Publisher(FakeHost host) : IAuthorityPublisher
    {
        public async Task<bool> PublishAsync(string bundle, CancellationToken cancellationToken)
        {
            if (host.Find("apiservices", "v1.a.io") is null)
            {
                return false;
            }

            var spec = new JsonObject { ["caBundle"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(bundle)) };
            await host.PatchAsync(
                new GroupVersionResource("apiregistration.k8s.io", "v1", "apiservices"),
                NamespacedName.Cluster("v1.a.io"),
                Patch.Merge(new JsonObject { ["spec"] = spec }),
                cancellationToken: cancellationToken);
            return true;
        }
    }
}
