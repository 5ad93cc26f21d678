namespace KubeFed.KubeClient.Authentication;

/// <summary>A header from one source and a certificate from another; the header's source may bring a certificate of its own.</summary>
internal sealed class CompositeCredentialSource(ICredentialSource headers, ICredentialSource certificates) : ICredentialSource
{
    private volatile Parts _last = new(Credential.None, Credential.None, Credential.None);

    public async ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => Join(
        await headers.GetAsync(cancellationToken), await certificates.GetAsync(cancellationToken));

    public async ValueTask<Credential?> RefreshAsync(Credential refused, CancellationToken cancellationToken)
    {
        var last = _last;
        if (!ReferenceEquals(last.Joined, refused))
        {
            return await GetAsync(cancellationToken);
        }

        var header = await headers.RefreshAsync(last.Header, cancellationToken);
        var certificate = await certificates.RefreshAsync(last.Certificate, cancellationToken);
        return header is null && certificate is null ? null : Join(header ?? last.Header, certificate ?? last.Certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await headers.DisposeAsync();
        await certificates.DisposeAsync();
    }

    private Credential Join(Credential header, Credential certificate)
    {
        var last = _last;
        if (ReferenceEquals(last.Header, header) && ReferenceEquals(last.Certificate, certificate))
        {
            return last.Joined;
        }

        var joined = new Credential(header.Authorization, certificate.Certificate ?? header.Certificate);
        _last = new Parts(header, certificate, joined);
        return joined;
    }

    private sealed record Parts(Credential Header, Credential Certificate, Credential Joined);
}
