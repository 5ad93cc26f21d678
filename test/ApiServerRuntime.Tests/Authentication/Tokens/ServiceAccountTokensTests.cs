using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authentication.Tokens;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.TestSupport.IO;
using KubeFed.TestSupport.Time;

namespace KubeFed.ApiServerRuntime.Tests.Authentication.Tokens;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.All)]
public sealed class ServiceAccountTokensTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly FakeAccounts _accounts = new();
    private readonly TokenSigner _signer = TokenSigner.FromPem(NewKey());
    private readonly ServiceAccountTokens _tokens;

    public ServiceAccountTokensTests() => _tokens = new ServiceAccountTokens(_signer, "https://issuer", ["us"], _accounts, _clock);

    public void Dispose() => _signer.Dispose();

    [SetUp]
    public void SetUp() => _accounts.Add("ServiceAccount", "bot", "u1");

    [Test]
    public async Task Authenticate_FreshToken_IsTheServiceAccount()
    {
        var outcome = await _tokens.AuthenticateAsync(Issue(), default);
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Refusal, Is.Null);
            Assert.That(outcome.User!.Name, Is.EqualTo("system:serviceaccount:a:bot"));
            Assert.That(outcome.User.Uid, Is.EqualTo("u1"));
            Assert.That(outcome.User.Groups, Is.EqualTo(new[] { "system:serviceaccounts", "system:serviceaccounts:a" }));
            Assert.That(outcome.User.Extra["authentication.kubernetes.io/credential-id"][0], Does.StartWith("JTI="));
        });
    }

    [Test]
    public async Task Authenticate_Expired_IsRefused()
    {
        var token = Issue();
        _clock.Advance(TimeSpan.FromSeconds(3600));
        Assert.That((await _tokens.AuthenticateAsync(token, default)).Refusal, Is.EqualTo("the service account token has expired"));
    }

    [Test]
    public async Task Authenticate_AccountMadeAnew_IsRefused()
    {
        var token = Issue();
        _accounts.Add("ServiceAccount", "bot", "u2");
        Assert.That((await _tokens.AuthenticateAsync(token, default)).Refusal, Is.EqualTo("the token's service account is gone"));
        _accounts.Objects.Clear();
        Assert.That((await _tokens.AuthenticateAsync(token, default)).Refusal, Is.EqualTo("the token's service account is gone"));
    }

    [Test]
    public async Task Authenticate_BoundSecretGone_IsRefused()
    {
        _accounts.Add("Secret", "s", "u9");
        var token = Issue(bound: new BoundObject("Secret", "s", "u9"));
        Assert.That((await _tokens.AuthenticateAsync(token, default)).User, Is.Not.Null);
        _accounts.Objects.Remove(("Secret", "a", "s"));
        Assert.That((await _tokens.AuthenticateAsync(token, default)).Refusal, Is.EqualTo("the token's Secret is gone"));
    }

    [Test]
    public async Task Authenticate_OtherAudience_CountsOnlyForThat()
    {
        var token = Issue("vault");
        Assert.That((await _tokens.AuthenticateAsync(token, default)).Refusal, Is.EqualTo("the service account token is for another audience"));
        var (outcome, heard) = await _tokens.AuthenticateAsync(token, ["vault", "us"], default);
        Assert.That((outcome.User is not null, heard.Single()), Is.EqualTo((true, "vault")));
    }

    [Test]
    public async Task Authenticate_OtherIssuer_IsForSomebodyElse()
    {
        var other = new ServiceAccountTokens(_signer, "https://elsewhere", ["us"], _accounts, _clock);
        var token = other.Issue(_accounts.Objects[("ServiceAccount", "a", "bot")], [], TimeSpan.FromHours(1)).Token;
        Assert.That(await _tokens.AuthenticateAsync(token, default), Is.EqualTo(AuthenticationOutcome.NotPresent));
    }

    [Test]
    public async Task Authenticate_OtherKey_IsRefused()
    {
        using var thief = TokenSigner.FromPem(NewKey());
        var token = new ServiceAccountTokens(thief, "https://issuer", ["us"], _accounts, _clock)
            .Issue(_accounts.Objects[("ServiceAccount", "a", "bot")], [], TimeSpan.FromHours(1)).Token;
        Assert.That((await _tokens.AuthenticateAsync(token, default)).Refusal, Is.EqualTo("the service account token is not signed by this server"));
    }

    [TestCase("""{"alg":"none"}""", "")]
    [TestCase("""{"alg":"none"}""", null)]
    [TestCase("""{"alg":"HS256","kid":"KID"}""", null)]
    [TestCase("""{"alg":"ES256","kid":"other"}""", null)]
    [TestCase("""{"alg":"ES256"}""", null)]
    [TestCase("not json", null)]
    public async Task Authenticate_HeaderThatSaysOtherwise_IsRefused(string header, string? signature)
    {
        var parts = Issue().Split('.');
        var forged = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.Replace("KID", _signer.KeyId, StringComparison.Ordinal)))}.{parts[1]}.{signature ?? parts[2]}";
        Assert.That((await _tokens.AuthenticateAsync(forged, default)).Refusal, Is.EqualTo("the service account token is not signed by this server"));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public async Task Authenticate_AnyChangedToken_IsNobodys(NonNegativeInt place, int kind, NonNegativeInt letter)
    {
        const string Letters = "ABab01-_.=+/ \u00e9";
        _accounts.Add("ServiceAccount", "bot", "u1");
        var token = Issue();
        var at = place.Get % token.Length;
        var with = Letters[letter.Get % Letters.Length].ToString();
        var changed = (kind % 3) switch
        {
            0 => token[..at] + with + token[(at + 1)..],
            1 => token.Remove(at, 1),
            _ => token.Insert(at, with),
        };
        var outcome = await _tokens.AuthenticateAsync(changed, default);
        Assert.That(outcome.User is null || Same(changed, token), Is.True, changed);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public async Task Authenticate_AnyText_IsNobodys(string? text) =>
        Assert.That((await _tokens.AuthenticateAsync(text ?? string.Empty, default)).User, Is.Null);

    [Test]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Key_OfAFile_IsMadeOnceForItsOwnerAlone()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("sa.key");
        using var made = TokenSigner.FromFile(path);
        using var again = TokenSigner.FromFile(path);
        Assert.Multiple(() =>
        {
            Assert.That(again.KeyId, Is.EqualTo(made.KeyId));
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
        });
    }

    [TestCase("garbage")]
    [TestCase("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void Key_Malformed_IsRefused(string pem) => Assert.That(() => TokenSigner.FromPem(pem), Throws.InstanceOf<CryptographicException>());

    [Test]
    public async Task Request_WithSpec_IssuesThat()
    {
        _accounts.Add("Secret", "s", "u9");
        var answer = await RequestAsync("""{"audiences":["vault"],"expirationSeconds":600,"boundObjectRef":{"kind":"Secret","apiVersion":"v1","name":"s"}}""");
        var status = answer["status"]!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)status["expirationTimestamp"], Is.EqualTo("2026-01-02T03:14:05Z"));
            Assert.That((string?)answer["spec"]!["boundObjectRef"]!["uid"], Is.EqualTo("u9"));
        });
        Assert.That((await _tokens.AuthenticateAsync((string)status["token"]!, ["vault"], default)).Outcome.User, Is.Not.Null);
    }

    [TestCase("""{"expirationSeconds":599}""", 422, "spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes")]
    [TestCase("""{"expirationSeconds":4294967297}""", 422, "may not specify a duration larger than 2^32 seconds")]
    [TestCase("""{"expirationSeconds":"x"}""", 400, "must be a whole number")]
    [TestCase("""{"boundObjectRef":{"kind":"Node","apiVersion":"v1","name":"n"}}""", 400, "cannot bind token to object of type v1, Kind=Node")]
    [TestCase("""{"boundObjectRef":{"kind":"Secret","apiVersion":"v1","name":"none"}}""", 404, "secrets \"none\" not found")]
    [TestCase("""{"boundObjectRef":{"kind":"Secret","apiVersion":"v1","name":"s","uid":"x"}}""", 409, "the UID in the bound object reference (x) does not match")]
    [TestCase("""{"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"p"}}""", 400, "cannot bind token for serviceaccount \"bot\" to pod")]
    public async Task Request_Malformed_SaysWhatIsWrong(string spec, int code, string message)
    {
        _accounts.Add("Secret", "s", "u9");
        _accounts.Add("Pod", "p", "u8", ""","spec":{"serviceAccountName":"other"}""");
        var error = await Assert.ThrowsAsync<StatusException>(() => RequestAsync(spec));
        Assert.That((error!.Code, error.Status.Message), Is.EqualTo((code, error.Status.Message)));
        Assert.That(error.Status.Message, Does.Contain(message));
    }

    [Test]
    public async Task Request_ForNobody_IsNotFound()
    {
        _accounts.Objects.Clear();
        var error = await Assert.ThrowsAsync<StatusException>(() => RequestAsync("{}"));
        Assert.That(error!.Status.Message, Is.EqualTo("serviceaccounts \"bot\" not found"));
    }

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    // The last letter of a part carries bits that stand for nothing, so that another one may mean the same bytes.
    private static bool Same(string a, string b)
    {
        var (x, y) = (a.Split('.'), b.Split('.'));
        return x.Length == 3 && y.Length == 3 && x[0] == y[0] && x[1] == y[1] && x[2][..^1] == y[2][..^1];
    }

    private string Issue(string? audience = null, BoundObject? bound = null) => _tokens.Issue(
        _accounts.Objects[("ServiceAccount", "a", "bot")], audience is null ? [] : [audience], TimeSpan.FromHours(1), bound).Token;

    private async Task<JsonObject> RequestAsync(string spec)
    {
        var version = new ResourceTypeVersion { Name = "v1", Schema = StructuralSchema.Unknown };
        var context = new ResourceContext
        {
            Type = new ResourceType
            {
                Group = string.Empty,
                Plural = "serviceaccounts",
                Singular = "serviceaccount",
                Kind = "ServiceAccount",
                ListKind = "ServiceAccountList",
                Scope = ResourceScope.Namespaced,
                Versions = [version],
                StorageVersion = "v1",
            },
            Version = version,
            Namespace = "a",
            Name = "bot",
            Subresource = "token",
            User = UserInfo.Anonymous,
        };
        var body = new JsonObject { ["apiVersion"] = "authentication.k8s.io/v1", ["kind"] = "TokenRequest", ["spec"] = JsonNode.Parse(spec) };
        var handler = new TokenRequestHandler(_tokens, _accounts, _clock);
        return (await handler.HandleAsync(context, "create", new RequestBody(body, []), new WriteOptions(), default)).ToNode();
    }
}
