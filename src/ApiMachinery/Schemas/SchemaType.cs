namespace KubeFed.ApiMachinery.Schemas;

/// <summary>The JSON type of a value.</summary>
public enum SchemaType
{
    /// <summary>Not said: an int-or-string, or a value whose shape is not known.</summary>
    None,

    /// <summary>An object: of named properties, or a map.</summary>
    Object,

    /// <summary>A list.</summary>
    Array,

    /// <summary>A string.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,
}
