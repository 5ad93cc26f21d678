using KubeFed.ApiMachinery.Validation;

namespace KubeFed.FederationApis.Validation;

/// <summary>Rules that several types share.</summary>
internal static class Rules
{
    public static void OneOf(FieldErrorList errors, string value, FieldPath path, IEnumerable<string> supported)
    {
        if (value.Length == 0)
        {
            errors.Add(FieldError.Required(path));
        }
        else if (!supported.Contains(value, StringComparer.Ordinal))
        {
            errors.Add(FieldError.NotSupported(path, value, supported));
        }
    }

    public static void Positive(FieldErrorList errors, long? value, FieldPath path)
    {
        if (value is null)
        {
            errors.Add(FieldError.Required(path));
        }
        else if (value <= 0)
        {
            errors.Add(FieldError.Invalid(path, value.Value, "must be greater than 0"));
        }
    }

    public static void Positive(FieldErrorList errors, TimeSpan? value, FieldPath path)
    {
        if (value is null)
        {
            errors.Add(FieldError.Required(path));
        }
        else if (value <= TimeSpan.Zero)
        {
            errors.Add(FieldError.Invalid(path, Serialization.GoDuration.Format(value.Value), "must be greater than 0"));
        }
    }
}
