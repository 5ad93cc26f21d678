namespace KubeFed.KubeClient.Configuration;

/// <summary>The checks of the server's certificate that are left out. They combine, and hold behind a proxy too.</summary>
[Flags]
public enum DisabledTlsValidations
{
    /// <summary>Everything is checked.</summary>
    None = 0,

    /// <summary>The certificate need not carry the server's name; who signed it and its dates are checked.</summary>
    SubjectName = 1,

    /// <summary>The certificates may have expired, or not be valid yet; who signed them and the name are checked.</summary>
    ValidityPeriod = 2,

    /// <summary>Anybody may have signed the certificate; the name and the dates are checked.</summary>
    Authority = 4,

    /// <summary>Nothing is checked.</summary>
    All = SubjectName | ValidityPeriod | Authority,
}
