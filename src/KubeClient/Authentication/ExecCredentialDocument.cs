namespace KubeFed.KubeClient.Authentication;

/// <summary>The answer of a credential plugin.</summary>
internal sealed record ExecCredentialDocument
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public ExecCredentialStatus? Status { get; init; }

    public override string ToString() => "ExecCredential";
}
