namespace KubeFed.FederationApis.Core.V1Beta1;

/// <summary>Checks of a member's server certificate that can be left out.</summary>
public static class TlsValidations
{
    /// <summary>Every check.</summary>
    public const string All = "*";

    /// <summary>The name in the certificate; the chain is still verified.</summary>
    public const string SubjectName = "SubjectName";

    /// <summary>The leaf's dates; the chain is verified as of one second after the leaf became valid.</summary>
    public const string ValidityPeriod = "ValidityPeriod";

    /// <summary>All three, in the order they are documented.</summary>
    public static IReadOnlyList<string> Known { get; } = [All, SubjectName, ValidityPeriod];
}
