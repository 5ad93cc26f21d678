namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Of what a schema is the schema.</summary>
internal enum SchemaLevel
{
    Root,
    Item,
    Field,
}
