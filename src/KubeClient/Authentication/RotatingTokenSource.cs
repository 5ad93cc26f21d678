namespace KubeFed.KubeClient.Authentication;

/// <summary>The token that its owner has put in place last.</summary>
internal sealed class RotatingTokenSource(RotatingToken token) : ICredentialSource
{
    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => new(token.Current);

    public ValueTask<Credential?> RefreshAsync(Credential refused, CancellationToken cancellationToken)
    {
        var current = token.Current;
        return new(ReferenceEquals(current, refused) ? null : current);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
