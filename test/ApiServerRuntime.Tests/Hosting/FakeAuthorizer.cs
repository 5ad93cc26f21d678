using System.Collections.Concurrent;
using KubeFed.ApiServerRuntime.Authorization;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

/// <summary>Allows everything to everybody but alice.</summary>
internal sealed class FakeAuthorizer : IAuthorizer
{
    public ConcurrentQueue<AuthorizationAttributes> Asked { get; } = new();

    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        Asked.Enqueue(attributes);
        return attributes.User.Name switch
        {
            "alice" => ValueTask.FromResult(AuthorizationDecision.NoOpinion),
            "broken" => throw new IOException("the reviewer is gone"),
            _ => ValueTask.FromResult(AuthorizationDecision.Allow),
        };
    }
}
