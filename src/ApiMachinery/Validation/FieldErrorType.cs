namespace KubeFed.ApiMachinery.Validation;

/// <summary>Why a field is refused.</summary>
public enum FieldErrorType
{
    /// <summary>A malformed or impossible value.</summary>
    Invalid,

    /// <summary>A value that is absent or empty.</summary>
    Required,

    /// <summary>A value outside a fixed set.</summary>
    NotSupported,

    /// <summary>A value that must be unique and is not.</summary>
    Duplicate,

    /// <summary>A well-formed value that is not permitted here or now.</summary>
    Forbidden,

    /// <summary>A reference to something that does not exist.</summary>
    NotFound,

    /// <summary>A value of another JSON type than the schema's.</summary>
    TypeInvalid,

    /// <summary>A text that is too long.</summary>
    TooLong,

    /// <summary>A text that is too short.</summary>
    TooShort,

    /// <summary>A list with too many items.</summary>
    TooMany,

    /// <summary>A list with too few items.</summary>
    TooFew,

    /// <summary>A failure of the validation itself.</summary>
    Internal,
}
