using System.Security.Cryptography.X509Certificates;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.Conformance.Clients;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using KubeFed.TestSupport.Clusters;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.Conformance.Security;

/// <summary>Asks a real kube-apiserver who somebody is and what they may do.</summary>
[TestFixture]
public sealed class DelegationOnClusterTests
{
    private TestCluster _cluster = null!;
    private ClusterClient _connection = null!;
    private IDynamicClient _client = null!;

    [OneTimeSetUp]
    public async Task ConnectAsync()
    {
        _cluster = (await ClusterPool.GetAsync(new ClusterSetOptions { Members = 0 })).Host;
        _connection = new ClusterClient(_cluster);
        _client = _connection.Connect();
    }

    [OneTimeTearDown]
    public async Task DisconnectAsync() => await _connection.DisposeAsync();

    [Test]
    public async Task Token_OfAServiceAccount_IsThatServiceAccount()
    {
        var @namespace = await NamespaceAsync();
        await KubectlAsync("create", "serviceaccount", "bot", "-n", @namespace);
        var token = (await KubectlAsync("create", "token", "bot", "-n", @namespace)).Trim();
        var tokens = new TokenReviewAuthenticator(_client, [], TimeProvider.System, NullLogger.Instance);

        var known = await tokens.AuthenticateAsync(token, CancellationToken.None);
        var unknown = await tokens.AuthenticateAsync("not-a-token", CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(known.User?.Name, Is.EqualTo($"system:serviceaccount:{@namespace}:bot"));
            Assert.That(known.User?.Groups, Does.Contain("system:serviceaccounts"));
            Assert.That(unknown.Refusal, Is.Not.Null);
        });
    }

    [Test]
    public async Task Access_GivenByRbac_IsAllowedThereAndNowhereElse()
    {
        var @namespace = await NamespaceAsync();
        var user = $"user-{Guid.NewGuid():N}";
        await KubectlAsync("create", "role", "reader", "--verb=get", "--resource=configmaps", "-n", @namespace);
        await KubectlAsync("create", "rolebinding", "reader", "--role=reader", $"--user={user}", "-n", @namespace);

        await TestSupport.Waiting.Eventually.True(
            async () => (await AskAsync(user, "get", @namespace)).Verdict == AuthorizationVerdict.Allow, "the binding holds");
        var reason = (await AskAsync(user, "get", @namespace)).Reason;
        var elsewhere = await AskAsync(user, "get", "default");
        var other = await AskAsync(user, "delete", @namespace);

        Assert.Multiple(() =>
        {
            Assert.That(reason, Is.EqualTo($"RBAC: allowed by RoleBinding \"reader/{@namespace}\" of Role \"reader\" to User \"{user}\""));
            Assert.That(elsewhere.Verdict, Is.EqualTo(AuthorizationVerdict.NoOpinion));
            Assert.That(other.Verdict, Is.EqualTo(AuthorizationVerdict.NoOpinion));
        });
    }

    [Test]
    public async Task ExtensionAuthentication_OfAHost_TrustsItsClientsAndItsFrontProxy()
    {
        await using var informers = new SharedInformerCache(_client);
        await using var extension = new ExtensionAuthentication(informers, TimeProvider.System, NullLogger.Instance);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await extension.WaitAsync(limit.Token);
        using var administrator = X509Certificate2.CreateFromPem(_cluster.Administrator.CertificatePem);

        Assert.Multiple(() =>
        {
            Assert.That(extension.ClientAuthorities.Verify(administrator), Is.True);
            Assert.That(extension.ProxyAuthorities.IsEmpty, Is.False);
            Assert.That(extension.ProxyAuthorities.Verify(administrator), Is.False, "an administrator is no front proxy");
            Assert.That(extension.RequestHeader.Names.AllowedNames, Is.EqualTo(new[] { "front-proxy-client" }));
        });
    }

    private async Task<AuthorizationDecision> AskAsync(string user, string verb, string @namespace)
    {
        var authorizer = new SubjectAccessReviewAuthorizer(_client, TimeProvider.System, NullLogger.Instance);
        return await authorizer.AuthorizeAsync(
            new AuthorizationAttributes
            {
                User = new UserInfo { Name = user, Groups = ["system:authenticated"] },
                Verb = verb,
                IsResourceRequest = true,
                Version = "v1",
                Resource = "configmaps",
                Namespace = @namespace,
            },
            CancellationToken.None);
    }

    private async Task<string> NamespaceAsync()
    {
        var name = $"security-{Guid.NewGuid():N}";
        await KubectlAsync("create", "namespace", name);
        return name;
    }

    private async Task<string> KubectlAsync(params string[] arguments) => (await _cluster.KubectlAsync(arguments)).EnsureSuccess().Output;
}
