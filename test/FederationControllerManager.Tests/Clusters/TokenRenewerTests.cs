using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationControllerManager.Clusters;
using KubeFed.FederationControllerManager.Tests.Fakes;
using KubeFed.TestSupport.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.FederationControllerManager.Tests.Clusters;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TokenRenewerTests
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly FakeClusterApi _host = new();
    private readonly FakeClusterApi _member = new() { Answer = Answered("renewed") };
    private readonly FakeEvents _events = new();
    private readonly TokenRenewer _renewer;
    private readonly KubeObject _secret;

    public TokenRenewerTests()
    {
        _renewer = new TokenRenewer(_host, _events, _clock, NullLogger<TokenRenewer>.Instance);
        _secret = Secret(Token(_clock.GetUtcNow(), Life));
    }

    [Test]
    public async Task Renew_FourFifthsOver_WritesTheNewTokenToThatVersionOfTheSecret()
    {
        _clock.Advance(Life * 0.8);

        await RenewAsync();

        Assert.That(_member.Calls, Is.EqualTo(new[] { "create serviceaccounts fed/c1-host" }));
        var patch = _host.Patches.Single();
        Assert.That((string?)patch["data"]!["token"], Is.EqualTo(Convert.ToBase64String("renewed"u8)));
        Assert.That((string?)patch["metadata"]!["resourceVersion"], Is.EqualTo("7"));
    }

    [Test]
    public async Task Renew_Earlier_IsNotAsked()
    {
        _clock.Advance(Life * 0.79);

        await RenewAsync();

        Assert.That(_member.Calls, Is.Empty);
    }

    [Test]
    public async Task Renew_Denied_IsToldOnceAMinuteUntilItWorks()
    {
        _clock.Advance(Life * 0.9);
        _member.Before = (_, _, _) => throw Denials.Of("create", "serviceaccounts/token", "", "fed");
        for (var i = 0; i < 12; i++)
        {
            await RenewAsync();
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.That(_member.Calls, Has.Count.EqualTo(2));
        Assert.That(_events.Recorded.Select(e => e.Reason), Is.EqualTo(new[] { "TokenRenewalFailed", "TokenRenewalFailed" }));
        Assert.That(_events.Recorded.First().Message, Does.Contain("could not be renewed").And.Contain("serviceaccounts/token"));

        _member.Before = static (_, _, _) => { };
        await RenewAsync();
        Assert.That(_host.Patches, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Renew_SecretChangedMeanwhile_IsLeftToWhoeverChangedIt()
    {
        _clock.Advance(Life * 0.9);
        _host.Before = (_, resource, name) => throw StatusErrors.Conflict(resource.GroupResource, name.Name, "changed");

        await RenewAsync();

        Assert.That(_events.Recorded, Is.Empty);
    }

    [Test]
    public async Task Renew_TokenWithoutAnEnd_IsLeftAlone()
    {
        _clock.Advance(Life * 2);

        await _renewer.RenewIfDueAsync(Cluster(), Secret("opaque"), _member, CancellationToken.None);

        Assert.That(_member.Calls, Is.Empty);
    }

    private Task RenewAsync() => _renewer.RenewIfDueAsync(Cluster(), _secret, _member, CancellationToken.None);

    private static KubeObject Cluster() =>
        KubeObject.Parse("""{"apiVersion":"core.kubefed.io/v1beta1","kind":"KubeFedCluster","metadata":{"name":"c1","namespace":"fed"}}"""u8.ToArray());

    private static KubeObject Secret(string token) => KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = "c1-x", ["namespace"] = "fed", ["resourceVersion"] = "7" },
        ["data"] = new JsonObject { ["token"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(token)) },
    });

    private static KubeObject Answered(string token) => KubeObject.FromNode(new JsonObject
    {
        ["apiVersion"] = "authentication.k8s.io/v1",
        ["kind"] = "TokenRequest",
        ["metadata"] = new JsonObject { ["name"] = "c1-host" },
        ["status"] = new JsonObject { ["token"] = token },
    });

    private static string Token(DateTimeOffset from, TimeSpan life)
    {
        var claims = $$"""{"sub":"system:serviceaccount:fed:c1-host","iat":{{from.ToUnixTimeSeconds()}},"exp":{{(from + life).ToUnixTimeSeconds()}} }""";
        return $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";
    }
}
