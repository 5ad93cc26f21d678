namespace KubeFed.KubeClient.Authentication;

/// <summary>A credential that never changes.</summary>
internal sealed class StaticCredentialSource(Credential credential) : ICredentialSource
{
    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => new(credential);

    public ValueTask<Credential?> RefreshAsync(Credential refused, CancellationToken cancellationToken) => new((Credential?)null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
