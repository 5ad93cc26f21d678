namespace KubeFed.KubeClient.Certificates;

/// <summary>What a step of the rotation says.</summary>
/// <param name="State">The state to store; the same object when nothing changed.</param>
/// <param name="NextStep">When to step again at the latest, if nothing else happens before.</param>
public readonly record struct CertificateRotationStep(CertificateRotationState State, DateTimeOffset NextStep);
