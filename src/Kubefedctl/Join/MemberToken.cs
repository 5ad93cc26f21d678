namespace KubeFed.Kubefedctl.Join;

/// <summary>A token with which the control plane reaches a member.</summary>
/// <param name="Value">The token.</param>
/// <param name="CaBundle">The member's certificate authorities as its token Secret says; empty with TokenRequest.</param>
/// <param name="Expires">When it ends; null for never.</param>
internal sealed record MemberToken(string Value, ReadOnlyMemory<byte> CaBundle, DateTimeOffset? Expires)
{
    /// <summary>Never prints the token.</summary>
    public override string ToString() => "MemberToken(...)";
}
