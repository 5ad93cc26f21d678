using System.Security.Cryptography.X509Certificates;
using KubeFed.KubeClient.Certificates;

namespace KubeFed.KubeClient.Tests.Certificates;

[TestFixture, Parallelizable(ParallelScope.All)]
public class CertificateRotationTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CertificateRotationOptions Options = new()
    {
        Hosts = ["kubefed.system.svc", "127.0.0.1"],
        AuthorityLifetime = TimeSpan.FromDays(90),
        LeafLifetime = TimeSpan.FromDays(9),
        Overlap = TimeSpan.FromHours(2),
    };

    private readonly CertificateRotation _rotation = new(Options);

    [Test]
    public void Step_FromNothing_MakesAnAuthorityAndALeaf()
    {
        var (state, next) = _rotation.Step(CertificateRotationState.Empty, Start);
        using var leaf = X509Certificate2.CreateFromPem(state.Leaf!.CertificatePem);
        Assert.Multiple(() =>
        {
            Assert.That(leaf.MatchesHostname("kubefed.system.svc"), Is.True);
            Assert.That(leaf.MatchesHostname("127.0.0.1"), Is.True);
            Assert.That(Trusts(state.Bundle, state.Leaf, Start), Is.True);
            Assert.That(next, Is.InRange(Start.AddDays(5), Start.AddDays(7)));
            Assert.That(state.ToString(), Does.Not.Contain("PRIVATE"));
        });
    }

    [Test]
    public void Step_NothingDue_GivesTheSameState()
    {
        var state = _rotation.Step(CertificateRotationState.Empty, Start).State;
        Assert.That(_rotation.Step(state, Start.AddDays(1)).State, Is.SameAs(state));
    }

    [Test]
    public void Step_OtherHosts_RenewsTheLeafAlone()
    {
        var state = _rotation.Step(CertificateRotationState.Empty, Start).State;
        var moved = new CertificateRotation(Options with { Hosts = ["other.svc"] }).Step(state, Start.AddHours(1)).State;
        Assert.That((moved.Leaf == state.Leaf, moved.Authority), Is.EqualTo((false, state.Authority)));
    }

    [Test]
    public void Step_NextNotPublished_DoesNotSign()
    {
        var state = _rotation.Step(CertificateRotationState.Empty, Start).State;
        var prepared = _rotation.Step(state, Start.AddDays(61)).State;
        var later = _rotation.Step(prepared, Start.AddDays(80)).State;
        Assert.Multiple(() =>
        {
            Assert.That(prepared.Next, Is.Not.Null);
            Assert.That(prepared.Bundle, Does.Contain(prepared.Next!.CertificatePem).And.Contain(state.Authority!.CertificatePem));
            Assert.That(later.Authority, Is.EqualTo(state.Authority));
        });
    }

    [Test]
    public void Published_BundleWithoutTheNext_TakesTheConfirmationBack()
    {
        var prepared = _rotation.Step(_rotation.Step(CertificateRotationState.Empty, Start).State, Start.AddDays(61)).State;
        var confirmed = CertificateRotation.Published(prepared, prepared.Bundle, Start.AddDays(61));
        var undone = CertificateRotation.Published(confirmed, prepared.Authority!.CertificatePem, Start.AddDays(61).AddHours(1));
        Assert.Multiple(() =>
        {
            Assert.That(confirmed.NextPublished, Is.EqualTo(Start.AddDays(61)));
            Assert.That(CertificateRotation.Published(confirmed, prepared.Bundle, Start.AddDays(62)), Is.SameAs(confirmed));
            Assert.That(undone.NextPublished, Is.Null);
        });
    }

    [Test]
    public void Step_PublishedAndOverlapped_SignsWithTheNextAndKeepsTheOld()
    {
        var first = _rotation.Step(_rotation.Step(CertificateRotationState.Empty, Start).State, Start.AddDays(61)).State;
        var confirmed = CertificateRotation.Published(first, first.Bundle, Start.AddDays(61));
        var tooEarly = _rotation.Step(confirmed, Start.AddDays(61).AddHours(1));
        var promoted = _rotation.Step(confirmed, Start.AddDays(61).AddHours(2)).State;
        Assert.Multiple(() =>
        {
            Assert.That(tooEarly.State.Authority, Is.EqualTo(first.Authority));
            Assert.That(tooEarly.NextStep, Is.EqualTo(Start.AddDays(61).AddHours(2)));
            Assert.That(promoted.Authority, Is.EqualTo(first.Next));
            Assert.That(Trusts(promoted.Authority!.CertificatePem, promoted.Leaf!, Start.AddDays(62)), Is.True);
            Assert.That(promoted.Bundle, Does.Contain(first.Authority!.CertificatePem), "others may show the old leaf still");
        });
        var end = promoted.Retired.Single().Until;
        Assert.That(_rotation.Step(promoted, end.AddSeconds(-1)).State.Retired, Has.Count.EqualTo(1));
        Assert.That(_rotation.Step(promoted, end).State.Bundle, Does.Not.Contain(first.Authority!.CertificatePem));
    }

    [Test]
    public void TwoYears_SteppedWhenDue_EveryLeafIsTrustedByEveryBundlePublishedInTime()
    {
        var now = Start;
        var state = CertificateRotationState.Empty;
        var published = string.Empty;
        var authorities = new HashSet<string>();
        while (now < Start.AddDays(730))
        {
            var (next, due) = _rotation.Step(state, now);
            if (published.Length > 0)
            {
                Assert.That(Trusts(published, next.Leaf!, now), Is.True, $"at {now:O} a leaf is shown that clients with the bundle of before do not trust");
            }

            authorities.Add(next.Authority!.CertificatePem);
            published = next.Bundle;
            state = CertificateRotation.Published(next, published, now);
            var wake = _rotation.Step(state, now).NextStep;
            now = wake < due ? wake : due;
            using var leaf = X509Certificate2.CreateFromPem(state.Leaf!.CertificatePem);
            Assert.That(now.UtcDateTime, Is.LessThan(leaf.NotAfter.ToUniversalTime()), "nobody stepped before the leaf ended");
        }

        Assert.That(authorities, Has.Count.InRange(11, 14));
    }

    [Test]
    public void Create_OverlapTooLong_IsRefused() =>
        Assert.That(() => new CertificateRotation(Options with { Overlap = TimeSpan.FromDays(30) }), Throws.ArgumentException);

    private static bool Trusts(string bundle, PemKeyPair leaf, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(bundle);
        using var certificate = X509Certificate2.CreateFromPem(leaf.CertificatePem);
        return chain.Build(certificate);
    }
}
