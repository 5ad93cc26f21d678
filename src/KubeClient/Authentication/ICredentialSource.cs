namespace KubeFed.KubeClient.Authentication;

/// <summary>Gives the credential for the next request. Safe for concurrent use.</summary>
internal interface ICredentialSource : IAsyncDisposable
{
    /// <summary>The credential to use now; most often at once, from memory.</summary>
    /// <exception cref="CredentialException">There is none to be had.</exception>
    ValueTask<Credential> GetAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Says that the server refused a credential. Returns another one to try, or null where there is none. A refusal of what
    /// is no longer the newest does not fetch anew.
    /// </summary>
    ValueTask<Credential?> RefreshAsync(Credential refused, CancellationToken cancellationToken);
}
