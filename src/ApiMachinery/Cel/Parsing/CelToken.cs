using System.Runtime.InteropServices;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Parsing;

/// <summary>A piece of an expression. <paramref name="Text"/> is as written; <paramref name="Value"/> is that of a literal.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CelToken(CelTokenKind Kind, int Offset, string Text, CelValue Value = default);
