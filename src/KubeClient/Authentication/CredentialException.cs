namespace KubeFed.KubeClient.Authentication;

/// <summary>The credentials of a request cannot be had; nothing was sent. The message is one sentence without secrets.</summary>
public sealed class CredentialException : HttpRequestException
{
    /// <summary>Carries a sentence for a person, and the cause.</summary>
    public CredentialException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
