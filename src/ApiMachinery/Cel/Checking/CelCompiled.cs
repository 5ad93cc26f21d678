using System.Runtime.InteropServices;
using KubeFed.ApiMachinery.Cel.Evaluation;

namespace KubeFed.ApiMachinery.Cel.Checking;

/// <summary>A part of an expression, checked.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CelCompiled(CelNode Node, CelType Type);
