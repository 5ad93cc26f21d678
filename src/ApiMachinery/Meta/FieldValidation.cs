namespace KubeFed.ApiMachinery.Meta;

/// <summary>What the server does about unknown and duplicate fields of a write.</summary>
public enum FieldValidation
{
    /// <summary>Not sent: the server's default.</summary>
    Unset,

    /// <summary>Drops them silently.</summary>
    Ignore,

    /// <summary>Drops them with a warning each.</summary>
    Warn,

    /// <summary>Refuses the write.</summary>
    Strict,
}
