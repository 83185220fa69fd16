using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules one after the other.</summary>
            public static Sequential Sequential() => new(Array.Empty<(string, Module<Tensor, Tensor>)>());

            /// <summary>Modules one after the other, named by their numbers.</summary>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            /// <summary>Modules one after the other, named by their numbers.</summary>
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new([.. modules]);

            /// <summary>Modules one after the other, by name.</summary>
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            /// <summary>Modules one after the other, by name.</summary>
            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new([.. modules]);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Modules one after the other: each one's result is the next one's input.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.IModule<Tensor, Tensor>> _steps = [];

        protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
            : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules)
                append(name, module);
        }

        protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
            : base(nameof(Sequential))
        {
            foreach (var module in modules)
                append(module);
        }

        /// <summary>The number of modules.</summary>
        public int Count => _steps.Count;

        /// <summary>A module by its place.</summary>
        [System.Runtime.CompilerServices.IndexerName("SequentialItems")]
        public nn.IModule<Tensor, Tensor> this[int index] => _steps[index];

        /// <summary>Adds a module at the end.</summary>
        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            register_module(name, (nn.Module)module);
            _steps.Add(module);
            return this;
        }

        /// <summary>Adds a module at the end, named by its number.</summary>
        public Sequential append(nn.IModule<Tensor, Tensor> module) => append(_steps.Count.ToString(CultureInfo.InvariantCulture), module);

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor)
        {
            if (_steps.Count == 0)
                return tensor.alias();
            using var scope = NewDisposeScope();
            var result = tensor;
            foreach (var step in _steps)
                result = step.call(result);
            return ReferenceEquals(result, tensor) ? tensor : result.MoveToOuterDisposeScope();
        }
    }
}
