namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Where in a schema a reader is.</summary>
/// <param name="Level">What kind of place it is.</param>
/// <param name="Depth">How many schemas are around it.</param>
/// <param name="InsideMeta">Whether it describes apiVersion, kind or metadata of an object.</param>
/// <param name="NoDefaults">Why there may be no default, beginning with a blank; null where there may be.</param>
internal readonly record struct SchemaScope(SchemaLevel Level, int Depth = 0, bool InsideMeta = false, string? NoDefaults = null)
{
    public SchemaScope Below(SchemaLevel level) => this with { Level = level, Depth = Depth + 1 };
}
