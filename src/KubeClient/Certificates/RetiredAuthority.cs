namespace KubeFed.KubeClient.Certificates;

/// <summary>An authority that signs no more, and whose leaves are still shown.</summary>
/// <param name="CertificatePem">Its certificate.</param>
/// <param name="Until">When the last certificate that it signed ends.</param>
public sealed record RetiredAuthority(string CertificatePem, DateTimeOffset Until);
