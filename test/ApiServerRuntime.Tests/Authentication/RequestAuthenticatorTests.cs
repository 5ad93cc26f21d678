using KubeFed.ApiServerRuntime.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Authentication;

[TestFixture]
public sealed class RequestAuthenticatorTests
{
    private static readonly StaticTokenAuthenticator Tokens = new([KeyValuePair.Create("secret", new UserInfo { Name = "bob", Groups = ["devs"] })]);

    [Test]
    public async Task Authenticate_AKnownToken_IsItsUserAndAuthenticated()
    {
        var outcome = await AuthenticateAsync("Bearer secret");

        Assert.Multiple(() =>
        {
            Assert.That(outcome.User?.Name, Is.EqualTo("bob"));
            Assert.That(outcome.User?.Groups, Is.EqualTo(new[] { "devs", "system:authenticated" }));
        });
    }

    [Test]
    public async Task Authenticate_AWrongToken_IsRefusedAndNotAnonymous()
    {
        var outcome = await AuthenticateAsync("Bearer wrong");

        Assert.Multiple(() =>
        {
            Assert.That(outcome.User, Is.Null);
            Assert.That(outcome.Refusal, Is.Not.Null.And.Not.Contains("wrong"));
        });
    }

    [TestCase(null)]
    [TestCase("Basic c2VjcmV0")]
    [TestCase("Bearer ")]
    public async Task Authenticate_NoToken_IsAnonymous(string? header)
    {
        var outcome = await AuthenticateAsync(header);

        Assert.That(outcome.User, Is.EqualTo(UserInfo.Anonymous));
    }

    [Test]
    public async Task Authenticate_AnAuthenticatorThatFails_IsRefused()
    {
        var outcome = await new RequestAuthenticator([new Failing()], NullLogger.Instance).AuthenticateAsync(new DefaultHttpContext(), CancellationToken.None);

        Assert.That(outcome.Refusal, Is.EqualTo("the host is away"));
    }

    private static async Task<AuthenticationOutcome> AuthenticateAsync(string? authorization)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = authorization;
        return await new RequestAuthenticator([new BearerTokenAuthenticator(Tokens)], NullLogger.Instance).AuthenticateAsync(context, CancellationToken.None);
    }

    private sealed class Failing : IAuthenticator
    {
        public ValueTask<AuthenticationOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
            throw new HttpRequestException("the host is away");
    }
}
